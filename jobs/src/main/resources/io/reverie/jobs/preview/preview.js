"use strict";

/* Two looks are picked one after the other and then compared. */
(() => {
  const picks = [...document.querySelectorAll(".pick")];
  const bar = reverie.element("div", "picked");
  const text = reverie.element("span");
  let first = null;

  function button(label, action) {
    const made = reverie.element("button", "", label);
    made.type = "button";
    made.addEventListener("click", action);
    return made;
  }

  function choose(pick) {
    first = pick;
    picks.forEach((each) => each.setAttribute("aria-pressed", String(each === pick)));
    bar.hidden = pick === null;
    if (pick !== null) {
      text.textContent = "Choose another look to compare with " + name(pick);
    }
  }

  function name(pick) {
    return document.getElementById(pick.dataset.picture).dataset.name;
  }

  function withSource() {
    const picture = document.getElementById(first.dataset.picture);
    reverie.open(picture.id, picture.dataset.source);
    choose(null);
  }

  picks.forEach((pick) =>
    pick.addEventListener("click", () => {
      if (first === null) {
        choose(pick);
      } else if (first === pick) {
        choose(null);
      } else {
        reverie.open(pick.dataset.picture, first.dataset.picture);
        choose(null);
      }
    }));
  bar.append(text, button("the source", withSource), button("cancel", () => choose(null)));
  bar.hidden = true;
  document.querySelector("main").append(bar);
})();
