// Block Kit -> nodes, the same in messages, modals and the home. `stage` says what is drawn where:
// {reader, surface, press, fields}; see elements.js and fields.js for what takes input.

import { h } from "./dom.js";
import { drawElement } from "./elements.js";
import { drawInputBlock } from "./fields.js";
import { drawMarkdown, drawTable } from "./markdown.js";
import { drawEmoji, drawMrkdwn, unescape } from "./mrkdwn.js";
import { drawRichText } from "./rich_text.js";
import { drawUnknown } from "./unknown.js";

export function drawBlocks(blocks, stage) {
  return h("div", { class: "blocks" }, blocks.map((block) => drawBlock(block, stage)));
}

function drawBlock(block, stage) {
  const draw = BLOCKS[block.type];
  const node = draw ? draw(block, stage) : drawUnknown("block", block.type, block);
  node.classList.add("block", `block-${block.type}`);
  return node;
}

const BLOCKS = {
  header: (block) => h("h3", {}, drawPlain(block.text)),
  divider: () => h("hr"),
  section: (block, stage) =>
    h("div", {},
      h("div", { class: "section-words" },
        block.text && h("div", {}, drawText(block.text, stage.reader)),
        block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", {}, drawText(field, stage.reader))))),
      block.accessory && h("div", { class: "accessory" }, drawElement(block.accessory, block, stage))),
  context: (block, stage) =>
    h("div", {}, block.elements.map((element) =>
      element.type === "image" ? drawImage(element) : h("span", {}, drawText(element, stage.reader)))),
  actions: (block, stage) =>
    h("div", { role: "group" }, block.elements.map((element) => drawElement(element, block, stage))),
  image: (block) => h("figure", {}, block.title && h("figcaption", {}, drawPlain(block.title)), drawImage(block)),
  input: (block, stage) => drawInputBlock(block, stage),
  rich_text: (block, stage) => drawRichText(block, stage.reader),
  markdown: (block, stage) => h("div", {}, drawMarkdown(block.text, stage.reader)),
  table: (block, stage) => drawTable(block, stage.reader),
};

export const drawText = (text, reader) =>
  text.type === "mrkdwn" ? drawMrkdwn(text.text, reader, { verbatim: text.verbatim }) : drawPlain(text);

/** plain_text: line breaks and emoji, nothing else. */
export function drawPlain(text) {
  const words = unescape(text.text);
  if (text.emoji === false) return words;
  return words.split(/(:[a-z0-9_+'-]+:)/).map((part, at) => (at % 2 ? drawEmoji(part.slice(1, -1)) : part));
}

/** The page asks no outside address: a picture is its description. */
const drawImage = (image) =>
  h("span", { class: "image", role: "img", "aria-label": image.alt_text }, `🖼 ${image.alt_text}`);
