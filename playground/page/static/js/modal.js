// Modals: the top of the person's stack in a dialog. What was typed stays while the bot redraws.

import { act } from "./api.js";
import { drawBlocks, drawPlain } from "./blocks.js";
import { byId, h, replace, say } from "./dom.js";
import { troubleOf } from "./elements.js";
import { bareValue } from "./fields.js";

let shown = null;
let drafts = new Map();
let refused = {};
let general = "";
let line = Promise.resolve();
let back = null;
let justSent = false;

const keyOf = (block, element) => `${block.block_id}/${element.action_id}`;

export function showModal(state, reader) {
  const dialog = byId("modal");
  const view = state.modals.at(-1);
  if (!view) {
    if (dialog.open) closeDialog(dialog);
    shown = null;
    return;
  }
  const sign = JSON.stringify([view.id, view.hash, view.errors, state.me, refused, general]);
  if (shown?.sign === sign) return;
  const isOther = shown?.id !== view.id;
  if (isOther) {
    drafts = new Map();
    refused = {};
    general = "";
  }
  const focus = isOther ? null : document.activeElement?.dataset?.focus;
  const scrolled = isOther ? 0 : (dialog.querySelector(".dialog-body")?.scrollTop ?? 0);
  draw(dialog, view, state, reader);
  shown = { id: view.id, sign: JSON.stringify([view.id, view.hash, view.errors, state.me, refused, general]) };
  if (!dialog.open) {
    back = document.activeElement;
    dialog.showModal();
  }
  dialog.querySelector(".dialog-body").scrollTop = scrolled;
  const target = focus && dialog.querySelector(`[data-focus="${CSS.escape(focus)}"]`);
  const wrong = dialog.querySelector(".wrong :is(input, textarea)");
  if (isOther) firstField(dialog)?.focus();
  else if (wrong && justSent) wrong.focus();
  else (target ?? dialog.querySelector(".dialog-body")).focus();
  justSent = false;
}

const firstField = (dialog) => dialog.querySelector(".dialog-body :is(input, textarea, button)") ?? dialog.querySelector(".dialog-foot button");

function closeDialog(dialog) {
  dialog.close();
  if (back?.isConnected) back.focus();
  else byId("composer")?.focus();
  back = null;
}

function draw(dialog, view, state, reader) {
  const errors = { ...view.errors, ...refused };
  const stage = {
    reader,
    surface: "modal",
    errors,
    valueOf: (block, element) => {
      const key = keyOf(block, element);
      return drafts.has(key) ? drafts.get(key) : bareValue(view.state.values[block.block_id]?.[element.action_id]);
    },
    typed: (block, element, value) => drafts.set(keyOf(block, element), value),
    changed: (block, element, value) => {
      drafts.set(keyOf(block, element), value);
      if (block.type !== "input" || block.dispatch_action) fill(state.me, block, value);
    },
    press: async (element, block, choice) => {
      await line;
      await fillAll(view, state.me);
      return troubleIn(await act(state.me, "press_in_modal", { action_id: element.action_id, value: element.value, block: block.block_id, ...choice }));
    },
  };
  const submit = view.submit && h("button", { type: "submit", class: "button primary" }, drawPlain(view.submit));
  const under = state.modals.length > 1;
  const form = h("form", { novalidate: true, onsubmit: (e) => { e.preventDefault(); send(dialog, view, state, submit); } },
    h("div", { class: "dialog-head" },
      under && h("button", { type: "button", class: "plain", "aria-label": "Back", onclick: () => act(state.me, "close") }, "‹"),
      h("h2", { id: "modal-title" }, drawPlain(view.title)),
      h("button", { type: "button", class: "plain", "aria-label": "Close", onclick: () => act(state.me, "close", { everything: true }) }, "✕")),
    h("div", { class: "dialog-body", tabindex: "-1" },
      general && h("p", { class: "general error", role: "alert" }, general),
      drawBlocks(view.blocks, stage)),
    h("div", { class: "dialog-foot" },
      h("span", { class: "from-app" }, `From ${state.app.name}`),
      h("button", { type: "button", class: "button", onclick: () => act(state.me, "close") }, view.close ? drawPlain(view.close) : "Cancel"),
      submit));
  replace(dialog, form);
  dialog.oncancel = (e) => {
    e.preventDefault();
    act(state.me, "close");
  };
}

function fill(me, block, value) {
  line = line.then(() => act(me, "fill", { values: { [block.block_id]: value } }));
}

/** What was typed and not yet told: fields that tell the bot at once were told already. */
function untold(view) {
  const values = {};
  for (const block of view.blocks) {
    if (block.type !== "input" || block.dispatch_action) continue;
    const key = keyOf(block, block.element);
    if (drafts.has(key)) values[block.block_id] = drafts.get(key);
  }
  return values;
}

async function fillAll(view, me) {
  const values = untold(view);
  if (Object.keys(values).length) await act(me, "fill", { values });
}

async function send(dialog, view, state, button) {
  if (!button || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  button.disabled = true;
  await line;
  const answer = await act(state.me, "submit", { values: untold(view) });
  button.removeAttribute("aria-busy");
  button.disabled = false;
  refused = {};
  general = "";
  justSent = true;
  if (answer.ok) {
    drafts = new Map();
    general = answer.result?.["*"] ?? "";
  } else if (answer.error === "cannot_submit") refused = answer.fields;
  else general = answer.error;
  const wrong = Object.keys(answer.ok ? answer.result : refused).filter((name) => name !== "*").length;
  if (wrong) say(`${wrong} ${wrong === 1 ? "field needs" : "fields need"} another look`);
  dialog.dispatchEvent(new CustomEvent("redraw"));
}

const troubleIn = (answer) => (answer.ok ? troubleOf(answer.result?.error) : answer.error);
