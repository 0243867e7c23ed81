package io.reverie.jobs.output;

class Mp4TargetTest extends VideoTargetContract {

  @Override
  String name() {
    return "dream.mp4";
  }
}
