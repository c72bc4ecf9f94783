// rich_text blocks -> nodes.

import { h } from "./dom.js";
import { drawChannel, drawDate, drawEmoji, drawLink, drawPerson, unescape } from "./mrkdwn.js";
import { drawUnknown } from "./unknown.js";

export const drawRichText = (block, reader) =>
  h("div", { class: "rich" }, drawLists(block.elements ?? [], reader));

/** Lists that follow each other with deeper indents are one list to the eye. */
function drawLists(elements, reader) {
  return elements.map((element) => DRAWN[element.type]?.(element, reader) ?? drawUnknown("rich text", element.type));
}

const DRAWN = {
  rich_text_section: (element, reader) => h("div", { class: "lines" }, drawPieces(element.elements, reader)),
  rich_text_quote: (element, reader) => h("blockquote", {}, drawPieces(element.elements, reader)),
  rich_text_preformatted: (element, reader) =>
    h("pre", {}, h("code", {}, drawPieces(element.elements, reader))),
  rich_text_list: (element, reader) => {
    const isOrdered = element.style === "ordered";
    const facts = { class: `indent-${Math.min(element.indent ?? 0, 8)}`, role: "list" };
    if (isOrdered && element.offset) facts.start = element.offset + 1;
    const items = (element.elements ?? []).map((item) => h("li", {}, drawPieces(item.elements, reader)));
    return h(isOrdered ? "ol" : "ul", facts, items);
  },
};

function drawPieces(pieces = [], reader) {
  return pieces.map((piece) => styled(drawPiece(piece, reader), piece.style));
}

function drawPiece(piece, reader) {
  switch (piece.type) {
    case "text": return drawText(unescape(piece.text));
    case "link": return drawLink(unescape(piece.url), piece.text ? unescape(piece.text) : null, reader);
    case "emoji": return drawEmoji(piece.name);
    case "user": return drawPerson(piece.user_id, reader);
    case "channel": return drawChannel(piece.channel_id, reader);
    case "usergroup": return h("span", { class: "mention" }, `@${piece.usergroup_id}`);
    case "broadcast": return h("span", { class: "mention loud" }, `@${piece.range}`);
    case "date": return drawDate(`!date^${piece.timestamp}^${piece.format}${piece.url ? `^${piece.url}` : ""}`, piece.fallback ?? "", reader);
    case "color": return h("code", {}, piece.value);
    default: return drawUnknown("rich text", piece.type);
  }
}

const drawText = (text) => text.split("\n").flatMap((line, at) => (at ? [h("br"), line] : [line]));

function styled(inner, style = {}) {
  const tags = { bold: "strong", italic: "em", strike: "s", code: "code", underline: "u" };
  return Object.entries(tags).reduce((node, [name, tag]) => (style[name] ? h(tag, {}, node) : node), inner);
}
