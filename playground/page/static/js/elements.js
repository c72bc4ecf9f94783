// What can be pressed or chosen in a block. `stage.press(element, block, choice)` tells the bot and
// resolves to what Slack would say went wrong, or null.

import { drawPlain } from "./blocks.js";
import { confirmed } from "./confirm.js";
import { h, say } from "./dom.js";
import { drawField, isField } from "./fields.js";
import { openMenu } from "./menu.js";
import { drawUnknown } from "./unknown.js";
import { drawLink, unescape } from "./mrkdwn.js";

export function drawElement(element, block, stage) {
  if (element.type === "button") return drawButton(element, block, stage);
  if (element.type === "overflow") return drawOverflow(element, block, stage);
  if (element.type === "image") return h("span", { class: "image", role: "img", "aria-label": element.alt_text }, `🖼 ${element.alt_text}`);
  if (isField(element.type)) return drawChoice(element, block, stage);
  return drawUnknown("element", element.type, element);
}

const markOf = (element, block) => `${block.block_id}/${element.action_id}`;

function drawButton(element, block, stage) {
  const style = element.style ? ` ${element.style}` : "";
  const button = h("button", {
    type: "button",
    class: `button${style}`,
    "data-focus": markOf(element, block),
    "data-action": element.action_id,
    "aria-label": element.accessibility_label,
    onclick: () => pressed(button, element, block, stage, {}),
  }, drawPlain(element.text), element.url && h("span", { "aria-hidden": "true", class: "away" }, " ↗"));
  return h("span", { class: "pressable" }, button);
}

function drawOverflow(element, block, stage) {
  const button = h("button", {
    type: "button",
    class: "button overflow",
    "data-focus": markOf(element, block),
    "data-action": element.action_id,
    "aria-label": "More actions",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    onclick: () => openMenu(button, element.options.map((option) => ({
      words: drawPlain(option.text),
      note: option.description && drawPlain(option.description),
      chosen: () => pressed(button, element, block, stage, { option: option.value }, option.url),
    }))),
  }, h("span", { "aria-hidden": "true" }, "⋯"));
  return h("span", { class: "pressable" }, button);
}

/** Selects, dates and the like outside of an input block tell the bot as soon as something is chosen. */
function drawChoice(element, block, stage) {
  const holder = h("span", { class: "pressable" });
  const field = drawField(element, {
    id: `f-${block.block_id}-${element.action_id}`,
    label: element.accessibility_label ?? element.placeholder?.text ?? "Choose",
    stage,
    value: stage.valueOf(block, element),
    changed: (value) => pressed(field, element, block, stage, { select: value }),
  });
  holder.append(field);
  return holder;
}

async function pressed(control, element, block, stage, choice, address = element.url) {
  if (control.getAttribute("aria-busy") === "true") return;
  if (element.confirm && !(await confirmed(element.confirm, stage.reader))) return;
  const holder = control.parentElement;
  holder.querySelector(".warning")?.remove();
  control.setAttribute("aria-busy", "true");
  if (address) follow(unescape(address), stage);
  const trouble = await stage.press(element, block, choice);
  control.removeAttribute("aria-busy");
  if (trouble && holder.isConnected) {
    holder.append(h("span", { class: "warning", role: "img", tabindex: "0", "aria-label": trouble, title: trouble }, "⚠"));
    holder.append(h("span", { class: "warning warning-words" }, trouble));
    say(trouble);
  }
}

function follow(address, stage) {
  const link = drawLink(address, null, stage.reader);
  if (link.tagName === "A") link.click();
}

/** What Slack's client says to a press that was not acknowledged. */
export const TROUBLES = {
  operation_timeout: "Operation timed out. Apps need to respond within 3 seconds.",
  dispatch_failed: "This app responded with an error, or did not respond at all.",
};
export const troubleOf = (error) => (error ? (TROUBLES[error] ?? error) : null);
