// Inputs: in `input` blocks with label, hint and error; as accessories and in actions without.

import { drawPlain, drawText } from "./blocks.js";
import { h } from "./dom.js";
import { drawPicker } from "./picker.js";
import { drawUnknown } from "./unknown.js";

const TYPED = {
  plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "number",
  datepicker: "date", timepicker: "time",
};
const CHOSEN = {
  static_select: "options", multi_static_select: "options",
  users_select: "people", multi_users_select: "people",
  conversations_select: "conversations", multi_conversations_select: "conversations",
  channels_select: "channels", multi_channels_select: "channels",
};
const GROUPS = ["radio_buttons", "checkboxes"];

export const isField = (type) => type in TYPED || type in CHOSEN || GROUPS.includes(type);

/** The value of an element in a view's `state.values`, as options' values, ids and text. */
export function bareValue(shape) {
  const [, value] = Object.entries(shape ?? {}).find(([name]) => name.startsWith("selected_") || name === "value") ?? [];
  const bare = (one) => (one && typeof one === "object" ? one.value : one);
  return Array.isArray(value) ? value.map(bare) : (bare(value) ?? null);
}

export function drawInputBlock(block, stage) {
  const { element } = block;
  const id = `f-${block.block_id}`;
  const error = stage.errors?.[block.block_id];
  const described = [block.hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(" ") || null;
  const label = [drawPlain(block.label), block.optional && h("span", { class: "optional" }, " (optional)")];
  if (!isField(element.type)) {
    return h("div", {}, h("p", { class: "label" }, label), drawUnknown("input", element.type, element));
  }
  const field = drawField(element, {
    id,
    label: GROUPS.includes(element.type) ? null : block.label.text,
    stage,
    value: stage.valueOf(block, element),
    optional: block.optional,
    describedBy: described,
    invalid: Boolean(error),
    changed: (value) => stage.changed(block, element, value),
    typed: (value) => stage.typed?.(block, element, value),
  });
  const below = [
    error && h("p", { class: "error", id: `${id}-error` }, h("span", { "aria-hidden": "true" }, "⚠ "), error),
    block.hint && h("p", { class: "hint", id: `${id}-hint` }, drawPlain(block.hint)),
  ];
  const facts = { class: error ? "wrong" : "", "data-block": block.block_id };
  if (GROUPS.includes(element.type)) {
    return h("fieldset", { ...facts, "aria-describedby": described }, h("legend", { class: "label" }, label), field, below);
  }
  return h("div", facts, h("label", { class: "label", for: id }, label), field, below);
}

export function drawField(element, how) {
  if (element.type in CHOSEN) return chosen(element, how);
  if (GROUPS.includes(element.type)) return group(element, how);
  return element.type === "plain_text_input" && element.multiline ? lines(element, how) : line(element, how);
}

function line(element, { id, label, value, describedBy, invalid, changed, typed, optional }) {
  const isMoment = ["datepicker", "timepicker"].includes(element.type);
  return h("input", {
    id, type: TYPED[element.type], value: value ?? "",
    class: isMoment ? "moment" : "", "data-focus": id, "aria-label": label,
    placeholder: isMoment ? null : element.placeholder?.text, maxlength: element.max_length, autocomplete: "off",
    "aria-describedby": describedBy, "aria-invalid": invalid ? "true" : null, "aria-required": optional ? null : "true",
    step: element.type === "number_input" && element.is_decimal_allowed ? "any" : null,
    oninput: (e) => typed?.(e.target.value || null),
    onchange: (e) => changed(e.target.value || null),
    onkeydown: (e) => submitOnEnter(e, changed),
  });
}

function lines(element, { id, label, value, describedBy, invalid, changed, typed, optional }) {
  const area = h("textarea", {
    id, rows: "3", value: value ?? "", placeholder: element.placeholder?.text, maxlength: element.max_length,
    "data-focus": id, "aria-label": label, "aria-describedby": describedBy,
    "aria-invalid": invalid ? "true" : null, "aria-required": optional ? null : "true",
    oninput: (e) => typed?.(e.target.value || null),
    onchange: (e) => changed(e.target.value || null),
  });
  return area;
}

function submitOnEnter(event, changed) {
  if (event.key !== "Enter" || event.isComposing) return;
  event.preventDefault();
  changed(event.target.value || null);
  event.target.closest("form")?.requestSubmit();
}

function chosen(element, { id, label, value, stage, describedBy, changed, optional }) {
  const many = element.type.startsWith("multi_");
  const values = Array.isArray(value) ? value : value ? [value] : [];
  return drawPicker({
    id, label, many, describedBy,
    optional: optional ?? true,
    placeholder: element.placeholder?.text,
    most: element.max_selected_items,
    options: OPTIONS[CHOSEN[element.type]](element, stage.reader),
    chosen: values,
    changed: (now) => changed(many ? now : (now[0] ?? null)),
  });
}

const OPTIONS = {
  options: (element) => {
    const plain = (options, group) => options.map((o) => ({ value: o.value, words: words(o.text), group }));
    if (element.options) return plain(element.options);
    return element.option_groups.flatMap((g) => plain(g.options, words(g.label)));
  },
  people: (element, reader) =>
    Object.values(reader.people)
      .filter((p) => !p.deleted)
      .sort((a, b) => a.is_bot - b.is_bot)
      .map((p) => ({ value: p.id, words: p.is_bot ? `${p.real_name} (app)` : p.real_name })),
  channels: (element, reader) =>
    reader.channels.filter((c) => c.kind === "channel").map((c) => ({ value: c.id, words: `#${c.name}` })),
  conversations: (element, reader) => {
    const { include, exclude_external_shared_channels: noShared, exclude_bot_users: noBots } = element.filter ?? {};
    const kinds = { channel: "public", group: "private", im: "im" };
    return reader.channels
      .filter((c) => !include || include.includes(kinds[c.kind]))
      .filter((c) => !(noShared && c.shared) && !(noBots && c.kind === "im"))
      .map((c) => ({ value: c.id, words: c.kind === "im" ? reader.people[reader.app.user].real_name : `${c.kind === "group" ? "🔒" : "#"}${c.name}` }));
  },
};

const words = (text) => text.text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

function group(element, { id, value, stage, changed, describedBy }) {
  const isRadio = element.type === "radio_buttons";
  const picked = new Set(Array.isArray(value) ? value : value ? [value] : []);
  const rows = element.options.map((option, at) => {
    const box = h("input", {
      type: isRadio ? "radio" : "checkbox", name: id, id: `${id}-${at}`, checked: picked.has(option.value), "data-focus": `${id}-${at}`,
      onchange: () => {
        if (isRadio) return changed(option.value);
        if (box.checked) picked.add(option.value);
        else picked.delete(option.value);
        return changed(element.options.map((o) => o.value).filter((v) => picked.has(v)));
      },
    });
    return h("div", { class: "option" }, box,
      h("label", { for: `${id}-${at}` }, drawText(option.text, stage.reader), option.description && h("small", {}, drawText(option.description, stage.reader))));
  });
  return h("div", { class: "choices", role: "group", "aria-describedby": describedBy }, rows);
}
