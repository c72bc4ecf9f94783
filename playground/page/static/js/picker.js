// Choosing one or several from a list, by typing a part of it: all of Slack's selects.

import { h, newId } from "./dom.js";
import { place } from "./menu.js";

/** `options`: [{value, words, group}]; `chosen`: values. `changed(values)` after each choice. */
export function drawPicker({ id, label, placeholder, options, chosen, many, most, optional, describedBy, changed }) {
  let values = [...chosen];
  let active = -1;
  let shown = [];
  const listId = newId("list");
  const wordsFor = (value) => options.find((o) => o.value === value)?.words ?? value;
  const input = h("input", {
    id, type: "text", role: "combobox", autocomplete: "off", class: "picker-input",
    "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list", "aria-label": label,
    "aria-describedby": describedBy, "data-focus": id, placeholder,
    oninput: () => open(), onclick: () => open(), onkeydown: keyed,
    onblur: () => setTimeout(() => { if (!box.contains(document.activeElement)) shut(); }, 120),
  });
  const chips = h("span", { class: "chips", role: "list", "aria-label": `Chosen: ${label ?? ""}` });
  const clear = h("button", { type: "button", class: "plain clear", "aria-label": `Clear ${label ?? ""}`.trim(), onclick: () => choose(null) }, "✕");
  const list = h("ul", { id: listId, role: "listbox", class: "options", "aria-label": label ?? placeholder ?? "Options", hidden: true });
  if (many) list.setAttribute("aria-multiselectable", "true");
  const box = h("span", { class: `picker${many ? " many" : ""}` }, chips, input, clear, list);
  redraw();
  return box;

  function redraw() {
    const gone = (value) => h("button", {
      type: "button", class: "plain", "aria-label": `Remove ${wordsFor(value)}`,
      onclick: () => { toggle(value); input.focus(); },
    }, "✕");
    chips.hidden = !many || !values.length;
    if (many) chips.replaceChildren(...values.map((value) => h("span", { class: "chip", role: "listitem" }, wordsFor(value), gone(value))));
    else if (document.activeElement !== input || list.hidden) input.value = values.length ? wordsFor(values[0]) : "";
    input.placeholder = many && values.length ? "" : (placeholder ?? "Choose an option");
    clear.hidden = many || !optional || !values.length;
  }
  function open() {
    const typed = !many && values.length && input.value === wordsFor(values[0]) ? "" : input.value.trim().toLowerCase();
    shown = options.filter((o) => o.words.toLowerCase().includes(typed));
    let group;
    const rows = [];
    shown.forEach((option, at) => {
      if (option.group && option.group !== group) rows.push(h("li", { class: "group", role: "presentation" }, option.group));
      group = option.group;
      rows.push(h("li", {
        id: `${listId}-${at}`, role: "option", "aria-selected": String(values.includes(option.value)),
        onpointerdown: (e) => { e.preventDefault(); pick(option.value); },
      }, option.words));
    });
    if (!rows.length) rows.push(h("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing found"));
    list.replaceChildren(...rows);
    if (list.hidden) document.addEventListener("scroll", put, true);
    list.hidden = false;
    put();
    input.setAttribute("aria-expanded", "true");
    const now = shown.findIndex((o) => values.includes(o.value));
    go(typed || now < 0 ? 0 : now);
  }
  /** Over whatever lies below, and not cut off where a short form ends. */
  function put() {
    if (!box.isConnected) return shut();
    list.style.width = `${box.offsetWidth}px`;
    return place(list, box);
  }
  function go(to) {
    active = shown.length ? (to + shown.length) % shown.length : -1;
    for (const row of list.querySelectorAll("[role=option]")) row.classList.toggle("active", row.id === `${listId}-${active}`);
    const row = document.getElementById(`${listId}-${active}`);
    if (row) {
      input.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }
  function shut() {
    document.removeEventListener("scroll", put, true);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    if (many) input.value = "";
    redraw();
    if (!many) input.value = values.length ? wordsFor(values[0]) : "";
  }
  function keyed(event) {
    const isOpen = !list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (isOpen) go(active + (event.key === "ArrowDown" ? 1 : -1));
      else open();
    } else if (event.key === "Enter" && isOpen) {
      event.preventDefault();
      if (active >= 0) pick(shown[active].value);
    } else if (event.key === "Escape" && isOpen) {
      event.preventDefault();
      event.stopPropagation();
      shut();
    } else if (event.key === "Backspace" && many && !input.value && values.length) {
      toggle(values[values.length - 1]);
    }
  }
  function pick(value) {
    if (many) {
      input.value = "";
      toggle(value);
      open();
    } else {
      choose(value);
    }
  }
  function toggle(value) {
    const had = values.includes(value);
    if (!had && most && values.length >= most) return;
    values = had ? values.filter((v) => v !== value) : [...values, value];
    redraw();
    changed(values);
  }
  function choose(value) {
    values = value === null ? [] : [value];
    input.value = value === null ? "" : wordsFor(value);
    shut();
    changed(values);
    input.focus();
  }
}
