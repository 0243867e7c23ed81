package io.reverie.jobs.output;

class ApngTargetTest extends VideoTargetContract {

  @Override
  String name() {
    return "dream.apng";
  }
}
