package io.reverie.video.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Checks memory before it is allocated. */
class ProcessMemoryTest {

  private static final double GIB = 0x1p30;

  private final ProcessMemory memory = ProcessMemory.of(6 * GIB, 24 * GIB);

  @Test
  void theLackingMemoryIsReported() {
    assertThat(memory.shortage(new MemoryNeed(5 * GIB, 10 * GIB))).isEmpty();
    assertThat(memory.shortage(new MemoryNeed(18 * GIB, 0)))
        .hasValue(
            "needs about 18.0 GiB of Java heap, but 5.3 GiB is available; set REVERIE_MEMORY=21g (on a cluster spark.executor.memory)");
    assertThat(memory.shortage(new MemoryNeed(4 * GIB, 21 * GIB)).orElseThrow())
        .startsWith("needs about 25.0 GiB of memory, but 23.6 GiB is available");
  }

  @Test
  void theProcessIsLimitedToFourHeaps() {
    assertThat(ProcessMemory.of(GIB, 24 * GIB).all()).isLessThan(4 * GIB);
  }

  @Test
  void outOfMemoryErrorsOfAllLibrariesAreRecognised() {
    assertThat(OutOfMemory.is(new OutOfMemoryError("Java heap space"))).isTrue();
    assertThat(
            OutOfMemory.is(
                new IllegalStateException(
                    new RuntimeException(
                        "[enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes."))))
        .isTrue();
    assertThat(
            OutOfMemory.is(
                new RuntimeException(
                    "OpenCV(4.13.0) alloc.cpp:73: error: (-4:Insufficient memory) Failed to allocate 9 bytes in function 'OutOfMemoryError'")))
        .isTrue();
    assertThat(OutOfMemory.is(new IllegalStateException("no memory of it"))).isFalse();
  }
}
