package io.reverie.jobs.output;

class WebpTargetTest extends VideoTargetContract {

  @Override
  String name() {
    return "dream.webp";
  }
}
