"use strict";
// Narrows the rows of a page and unfolds them. The page is whole without it: the form is shown only if this runs.
(() => {
  const items = [...document.querySelectorAll("tbody.item, li.item")];
  const form = document.querySelector("form.filter");

  const unfold = () => {
    const item = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const details = item && item.matches(".item") && item.querySelector("details");
    if (details) details.open = true;
  };
  addEventListener("hashchange", unfold);
  unfold();

  if (!form || !items.length) return;
  const { find, least, direct } = form.elements;
  const button = form.querySelector("button");
  const status = form.querySelector(".shown");
  const words = new Map(items.map((item) => [item, item.textContent.toLowerCase()]));
  const spots = new Map();
  for (const spot of document.querySelectorAll("a.spot")) {
    const id = spot.getAttribute("href").slice(1);
    spots.set(id, [...(spots.get(id) || []), spot]);
  }

  const narrow = () => {
    const sought = find.value.trim().toLowerCase().split(/\s+/);
    let count = 0;
    for (const item of items) {
      const fits = sought.every((word) => words.get(item).includes(word))
        && Number(item.dataset.sure || 1) >= Number(least.value)
        && !(direct && direct.checked && item.dataset.direct === "0");
      item.hidden = !fits;
      for (const spot of spots.get(item.id) || []) spot.classList.toggle("out", !fits);
      count += fits ? 1 : 0;
    }
    form.querySelector("output").value = Number(least.value).toFixed(2);
    status.textContent = count === items.length ? status.dataset.of : `${count} of ${status.dataset.of}`;
  };

  form.hidden = false;
  form.addEventListener("input", narrow);
  form.addEventListener("submit", (event) => event.preventDefault());
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(open));
    for (const item of items) for (const details of item.querySelectorAll("details")) details.open = open;
  });
  narrow();
})();
