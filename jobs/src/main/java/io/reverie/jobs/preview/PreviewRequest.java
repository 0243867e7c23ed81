package io.reverie.jobs.preview;

import io.reverie.jobs.spec.Setting;
import java.util.List;

/**
 * A user's request for a preview.
 *
 * @param input as the user named it
 * @param output the page; empty for a name made from the input's, in the current folder
 * @param base settings that all looks share
 * @param networks by name or descriptor file; empty for that of the settings
 * @param presets names, or {@code all}; empty for none
 * @param recipes names, or {@code all}; empty for none
 * @param layers names, or {@code all} for a network's good ones; empty for none
 * @param axes at most two
 * @param side longest side of the pictures in pixels
 * @param frames number of shots of a video to look at
 * @param motion whether to add a second of moving preview for each look of a video
 */
public record PreviewRequest(
    String input,
    String output,
    List<Setting> base,
    List<String> networks,
    List<String> presets,
    List<String> recipes,
    List<String> layers,
    List<Axis> axes,
    int side,
    int frames,
    boolean motion) {

  static final String ALL = "all";

  public PreviewRequest {
    base = List.copyOf(base);
    networks = List.copyOf(networks);
    presets = List.copyOf(presets);
    recipes = List.copyOf(recipes);
    layers = List.copyOf(layers);
    axes = List.copyOf(axes);
  }

  /** Returns the same for an input that executors find. */
  public PreviewRequest at(String location) {
    return new PreviewRequest(
        location, output, base, networks, presets, recipes, layers, axes, side, frames, motion);
  }

  boolean choosesLooks() {
    return !(presets.isEmpty() && recipes.isEmpty() && layers.isEmpty());
  }
}
