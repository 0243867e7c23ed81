package io.reverie.jobs.stage;

/** Starts and ends the threads of stages. */
final class StageThread {

  private StageThread() {}

  /** Starts a thread that does not keep the JVM alive. */
  static Thread start(String name, Runnable work) {
    Thread thread = new Thread(work, Thread.currentThread().getName() + " " + name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  /** Waits for a thread, even if this one is interrupted, because it uses what is closed next. */
  static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Marks this thread as interrupted and returns what to throw. */
  static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted while waiting for another stage", e);
  }

  /** Throws a failure of another thread. */
  static <E extends Throwable> void rethrow(Throwable failure, Class<E> checked) throws E {
    if (checked.isInstance(failure)) {
      throw checked.cast(failure);
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure instanceof Error e) {
      throw e;
    }
    throw new IllegalStateException(failure);
  }
}
