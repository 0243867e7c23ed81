"use strict";

/* Plays a film of source and dream, which are side by side in one file, as a slider. */
document.querySelectorAll(".film").forEach((film) => {
  const video = film.querySelector("video");

  function layer(label) {
    const figure = reverie.element("figure", "layer");
    const canvas = reverie.element("canvas");
    canvas.width = video.videoWidth / 2;
    canvas.height = video.videoHeight;
    figure.append(canvas, reverie.element("figcaption", "", label));
    return figure;
  }

  function play() {
    if (film.classList.contains("played") || !video.videoWidth) {
      return;
    }
    const box = reverie.element("div", "slider");
    box.append(layer("source"), layer("dream"));
    const canvases = [...box.querySelectorAll("canvas")];
    const bar = reverie.element("div", "film-bar");
    const button = reverie.element("button", "", "Play");
    button.type = "button";
    const place = reverie.element("input");
    place.type = "range";
    place.min = "0";
    place.max = "1000";
    place.value = "0";
    place.setAttribute("aria-label", "Place in the film");
    bar.append(button, place);

    const draw = () => canvases.forEach((canvas, i) =>
      canvas.getContext("2d").drawImage(
        video, i * canvas.width, 0, canvas.width, canvas.height, 0, 0, canvas.width, canvas.height));
    const next = video.requestVideoFrameCallback
      ? (f) => video.requestVideoFrameCallback(f) : (f) => requestAnimationFrame(f);
    const follow = () => {
      draw();
      if (document.activeElement !== place) {
        place.value = String(1000 * video.currentTime / video.duration);
      }
      next(follow);
    };
    button.addEventListener("click", () => video.paused ? video.play() : video.pause());
    video.addEventListener("play", () => { button.textContent = "Pause"; });
    video.addEventListener("pause", () => { button.textContent = "Play"; });
    video.addEventListener("seeked", draw);
    place.addEventListener("input", () => {
      video.currentTime = video.duration * place.valueAsNumber / 1000;
    });
    place.addEventListener("change", () => place.blur());

    film.prepend(box, bar);
    film.classList.add("played");
    reverie.slider(box);
    draw();
    next(follow);
    if (!matchMedia("(prefers-reduced-motion: reduce)").matches) {
      video.play().catch(() => {});
    }
  }

  video.addEventListener("loadeddata", play);
  // A browser that cannot play it shows the stills below.
  video.addEventListener("error", () => film.closest("section").remove());
  if (video.readyState >= 2) {
    play();
  }
});
