package io.reverie.core.engine;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A test with tensors, which live as long as a test method. */
public abstract class TensorTest {

  /** Owns the tensors of a test. */
  protected NDManager scope;

  @BeforeEach
  void openScope() {
    Torch.useOneThread();
    scope = Torch.newManager(Device.cpu());
  }

  @AfterEach
  void closeScope() {
    scope.close();
  }
}
