package io.reverie.jobs.output;

class MatroskaTargetTest extends VideoTargetContract {

  @Override
  String name() {
    return "dream.mkv";
  }
}
