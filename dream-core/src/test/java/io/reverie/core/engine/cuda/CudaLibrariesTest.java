package io.reverie.core.engine.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders of empty files instead of NVIDIA's libraries. */
class CudaLibrariesTest {

  @TempDir private Path root;

  @Test
  void allOfThemInTwoFoldersAreFound() throws IOException {
    Path cuda = allBut(root.resolve("cuda"), CudaLibrary.CUDNN);
    Path cudnn = put(root.resolve("cudnn"), CudaLibrary.CUDNN, CudaLibrary.CUBLAS);
    CudaLibraries libraries = CudaLibraries.in(List.of(cuda, cudnn));
    assertThat(libraries.complaint()).isEmpty();
    assertThat(libraries.found())
        .containsEntry(CudaLibrary.CUDNN, cudnn.resolve("libcudnn.so.9"))
        // The first folder counts.
        .containsEntry(CudaLibrary.CUBLAS, cuda.resolve("libcublas.so.12"));
    // In the order in which they must be loaded.
    assertThat(libraries.found().keySet()).containsExactly(CudaLibrary.values());
  }

  @Test
  void oneThatIsMissingIsNamedWithItsPackage() throws IOException {
    Path cuda = allBut(root.resolve("cuda"), CudaLibrary.CUDNN);
    assertThat(CudaLibraries.in(List.of(cuda)).complaint())
        .hasValue(
            "libtorch for CUDA does not find libcudnn.so.9; install NVIDIA's libcudnn9-cuda-12, or set LD_LIBRARY_PATH to the folder that has it");
  }

  @Test
  void severalAreOneSentenceWithEachPackageOnce() throws IOException {
    Path cuda =
        allBut(root.resolve("cuda"), CudaLibrary.CUPTI, CudaLibrary.CUBLAS, CudaLibrary.CUBLAS_LT);
    assertThat(CudaLibraries.in(List.of(cuda)).complaint())
        .hasValue(
            "libtorch for CUDA does not find libcupti.so.12, libcublasLt.so.12, libcublas.so.12; install NVIDIA's cuda-cupti-12-9 cuda-libraries-12-9, or set LD_LIBRARY_PATH to the folder that has them");
  }

  @Test
  void anotherMajorVersionIsNotTaken() throws IOException {
    Path cuda = allBut(root.resolve("cuda"), CudaLibrary.CUDART);
    Files.createFile(cuda.resolve("libcudart.so.13"));
    assertThat(CudaLibraries.in(List.of(cuda)).missing()).containsExactly(CudaLibrary.CUDART);
  }

  @Test
  void foldersAreThoseOfTheEnvironmentTheLinkerAndNvidiasPackages() throws IOException {
    Path own = folder("own");
    Path home = folder("home/lib64");
    Path configured = folder("opt/nvidia");
    Path cuda = folder("usr/local/cuda/lib64");
    Path cupti = folder("usr/local/cuda/extras/CUPTI/lib64");
    Path older = folder("usr/local/cuda-12.8/lib64");
    Path newer = folder("usr/local/cuda-12.9/targets/x86_64-linux/lib");
    folder("usr/local/cuda-11.8/lib64");
    Path debian = folder("usr/lib/x86_64-linux-gnu");
    Path settings = folder("etc/ld.so.conf.d").resolve("cuda.conf");
    Files.writeString(settings, "# NVIDIA\n" + configured + "\ninclude nothing\n");
    Map<String, String> environment =
        Map.of(
            "LD_LIBRARY_PATH",
            root.resolve("absent") + "::" + own,
            "CUDA_HOME",
            root.resolve("home").toString());
    assertThat(new CudaFolders(root, environment).all())
        .containsExactly(own, home, configured, cuda, cupti, newer, older, debian);
  }

  @Test
  void aMachineWithoutAnyHasNoFolders() {
    assertThat(new CudaFolders(root, Map.of()).all()).isEmpty();
    assertThat(CudaLibraries.in(List.of()).missing()).containsExactly(CudaLibrary.values());
  }

  @Test
  void theOrderOfLoadingIsThatOfTheirNeeds() {
    List<CudaLibrary> order = Arrays.asList(CudaLibrary.values());
    assertThat(order)
        .containsSubsequence(CudaLibrary.CUBLAS_LT, CudaLibrary.CUBLAS, CudaLibrary.CUDNN)
        .containsSubsequence(CudaLibrary.NVJITLINK, CudaLibrary.CUSPARSE);
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(root.resolve(name));
  }

  private static Path allBut(Path folder, CudaLibrary... without) throws IOException {
    List<CudaLibrary> left = Arrays.asList(without);
    return put(
        folder,
        Arrays.stream(CudaLibrary.values())
            .filter(library -> !left.contains(library))
            .toArray(CudaLibrary[]::new));
  }

  private static Path put(Path folder, CudaLibrary... libraries) throws IOException {
    Files.createDirectories(folder);
    for (CudaLibrary library : libraries) {
      Files.createFile(folder.resolve(library.file()));
    }
    return folder;
  }
}
