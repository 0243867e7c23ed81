"use strict";

/* What all pages share: copying, sliders, and enlarged pictures. Everything that it adds is made by
   the DOM's methods, so that no text of the page is ever read as markup. */
const reverie = (() => {
  function element(name, classes, text) {
    const made = document.createElement(name);
    made.className = classes || "";
    made.textContent = text || "";
    return made;
  }

  function select(text) {
    const range = document.createRange();
    range.selectNodeContents(text);
    const selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  async function copy(button) {
    const code = button.closest(".copyable").querySelector("code");
    let done = true;
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch (refused) {
      // Pages from a disk may not use the clipboard in every browser.
      select(code);
      done = document.execCommand("copy");
    }
    button.textContent = done ? "Copied" : "Press Ctrl+C";
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }

  function slider(box) {
    const range = element("input", "slider-range");
    range.type = "range";
    range.min = "0";
    range.max = "100";
    range.step = "0.1";
    range.value = "50";
    range.setAttribute("aria-label", "Divide the two pictures");
    range.addEventListener("input", () => move(box, range.valueAsNumber));
    box.append(range, element("div", "slider-line"));
    // The thumb of a range stops half its width before the edge; the pointer does not.
    const follow = (event) => {
      const area = box.getBoundingClientRect();
      move(box, (100 * (event.clientX - area.left)) / area.width);
    };
    range.addEventListener("pointerdown", (event) => {
      range.setPointerCapture(event.pointerId);
      follow(event);
    });
    range.addEventListener("pointermove", (event) => {
      if (event.buttons & 1) {
        follow(event);
      }
    });
  }

  function move(box, percent) {
    const at = Math.min(100, Math.max(0, percent));
    box.style.setProperty("--at", at + "%");
    box.querySelector(".slider-range").value = String(at);
  }

  /* The enlarged picture: one on the right, and if the reader likes another on the left. */
  const viewer = (() => {
    const dialog = element("dialog", "viewer");
    const stage = element("div", "viewer-stage");
    const box = element("div", "slider");
    const left = element("select", "viewer-left");
    const right = element("select", "viewer-right");
    const layers = [layer(), layer()];

    function layer() {
      const figure = element("figure", "layer");
      figure.append(element("img"), element("figcaption"));
      return figure;
    }

    function labelled(text, control) {
      const label = element("label");
      label.append(element("span", "", text), control);
      return label;
    }

    function button(text, name, action) {
      const made = element("button", "", text);
      made.type = "button";
      made.setAttribute("aria-label", name);
      made.addEventListener("click", action);
      return made;
    }

    function step(by) {
      const count = right.options.length;
      right.selectedIndex = (right.selectedIndex + by + count) % count;
      show();
    }

    function build() {
      box.append(...layers);
      slider(box);
      stage.append(box);
      const bar = element("div", "viewer-bar");
      bar.append(
        button("\u2190", "Previous picture", () => step(-1)),
        labelled("Compare", left),
        labelled("with", right),
        button("\u2192", "Next picture", () => step(1)),
        button("Close", "Close", () => dialog.close()));
      dialog.append(stage, bar);
      dialog.setAttribute("aria-label", "Enlarged picture");
      left.addEventListener("change", show);
      right.addEventListener("change", show);
      dialog.addEventListener("keydown", (event) => {
        const moves = event.target.tagName === "INPUT" || event.target.tagName === "SELECT";
        if (!moves && (event.key === "ArrowLeft" || event.key === "ArrowRight")) {
          step(event.key === "ArrowLeft" ? -1 : 1);
          event.preventDefault();
        }
      });
      window.addEventListener("resize", () => dialog.open && fit());
      document.body.append(dialog);
    }

    function fill() {
      const nothing = new Option("nothing", "");
      const options = () =>
        [...document.querySelectorAll(".picture")].map((p) => new Option(p.dataset.name, p.id));
      left.replaceChildren(nothing, ...options());
      right.replaceChildren(...options());
    }

    function put(figure, id) {
      const button = document.getElementById(id);
      const from = button.querySelector("img");
      const picture = figure.querySelector("img");
      picture.src = from.src;
      picture.alt = from.alt;
      figure.querySelector("figcaption").textContent = button.dataset.name;
      return from;
    }

    function show() {
      const alone = left.value === "";
      box.classList.toggle("alone", alone);
      put(layers[1], right.value);
      put(layers[0], alone ? right.value : left.value);
      move(box, alone ? 0 : 50);
      fit();
    }

    function fit() {
      const shown = document.getElementById(right.value).querySelector("img");
      const width = Number(shown.getAttribute("width"));
      const height = Number(shown.getAttribute("height"));
      const scale = Math.min(stage.clientWidth / width, stage.clientHeight / height);
      box.style.setProperty("--width", Math.floor(width * scale) + "px");
      box.style.setProperty("--height", Math.floor(height * scale) + "px");
    }

    return {
      build,
      open(rightId, leftId) {
        fill();
        right.value = rightId;
        left.value = leftId || "";
        dialog.showModal();
        show();
      },
    };
  })();

  function start() {
    document.documentElement.classList.add("scripted");
    document.querySelectorAll(".slider").forEach(slider);
    document.querySelectorAll(".copy").forEach((b) => b.addEventListener("click", () => copy(b)));
    if (document.querySelector(".picture")) {
      viewer.build();
      document.querySelectorAll(".picture").forEach((p) =>
        p.addEventListener("click", () => viewer.open(p.id, "")));
    }
  }

  start();
  return { element, slider, move, open: viewer.open };
})();
