package io.reverie.jobs.output;

class GifTargetTest extends VideoTargetContract {

  @Override
  String name() {
    return "dream.gif";
  }
}
