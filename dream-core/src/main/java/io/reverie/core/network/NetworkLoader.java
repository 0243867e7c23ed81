package io.reverie.core.network;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import io.reverie.core.engine.Precision;
import io.reverie.core.engine.Torch;
import io.reverie.core.network.descriptor.NetworkDescriptor;
import io.reverie.core.network.descriptor.Preprocessing;
import io.reverie.core.weights.tensor.StateDict;
import java.nio.file.Path;
import java.util.function.Function;

/** Creates networks on a device. */
final class NetworkLoader {

  private NetworkLoader() {}

  /** Creates the network of a TorchScript module. */
  static Network script(
      NetworkDescriptor descriptor, Path weights, Device device, Precision precision) {
    return owning(
        device,
        manager ->
            new ScriptNetwork(
                descriptor.name(),
                descriptor.preprocessing(),
                descriptor.minimumSide(),
                descriptor.reach(),
                weights,
                manager,
                precision));
  }

  /**
   * Creates a network from its operations and tensors.
   *
   * @param type of the tensors on the device
   */
  static Network layers(
      NetworkDescriptor descriptor,
      StateDict weights,
      Preprocessing preprocessing,
      Device device,
      DataType type,
      Precision precision) {
    return owning(
        device,
        manager ->
            new LayerNetwork(
                descriptor.name(),
                descriptor.body().orElseThrow(),
                preprocessing,
                descriptor.minimumSide(),
                weights,
                manager,
                type,
                precision));
  }

  /** Makes a network that closes its manager; if it cannot be made, this method does. */
  static Network owning(Device device, Function<NDManager, Network> make) {
    NDManager manager = Torch.newManager(device);
    boolean made = false;
    try {
      Network network = make.apply(manager);
      made = true;
      return network;
    } finally {
      if (!made) {
        manager.close();
      }
    }
  }
}
