// The `markdown` block (CommonMark's common part, as Slack takes it) and the `table` block.

import { h } from "./dom.js";
import { drawEmoji, drawLink } from "./mrkdwn.js";
import { drawRichText } from "./rich_text.js";
import { drawUnknown } from "./unknown.js";

const INLINE = /`([^`]+)`|\[([^\]]+)\]\((\S+?)\)|<(https?:[^>\s]+)>|\*\*(.+?)\*\*|__(.+?)__|~~(.+?)~~|\*([^*\s][^*]*)\*|(?<!\w)_([^_\s][^_]*)_(?!\w)|:([a-z0-9_+'-]+):/g;

function inline(text, reader) {
  const nodes = [];
  let at = 0;
  for (const match of text.matchAll(INLINE)) {
    if (match.index > at) nodes.push(text.slice(at, match.index));
    const [whole, code, label, address, bare, bold, bold2, strike, italic, italic2, emoji] = match;
    if (code) nodes.push(h("code", {}, code));
    else if (label) nodes.push(drawLink(address, inline(label, reader), reader));
    else if (bare) nodes.push(drawLink(bare, null, reader));
    else if (bold ?? bold2) nodes.push(h("strong", {}, inline(bold ?? bold2, reader)));
    else if (strike) nodes.push(h("s", {}, inline(strike, reader)));
    else if (italic ?? italic2) nodes.push(h("em", {}, inline(italic ?? italic2, reader)));
    else nodes.push(drawEmoji(emoji));
    at = match.index + whole.length;
  }
  nodes.push(text.slice(at));
  return nodes;
}

const cells = (line) => line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());

export function drawMarkdown(text, reader) {
  const lines = text.split("\n");
  const nodes = [];
  let at = 0;
  const take = (test) => {
    const taken = [];
    while (at < lines.length && test.test(lines[at])) taken.push(lines[at++]);
    return taken;
  };
  while (at < lines.length) {
    const line = lines[at];
    const heading = /^(#{1,6}) +(.*)$/.exec(line);
    if (/^```/.test(line)) {
      at += 1;
      const code = [];
      while (at < lines.length && !/^```/.test(lines[at])) code.push(lines[at++]);
      at += 1;
      nodes.push(h("pre", {}, h("code", {}, code.join("\n"))));
    } else if (heading) {
      at += 1;
      nodes.push(h("p", { class: "heading", role: "heading", "aria-level": Math.min(heading[1].length + 2, 6) }, inline(heading[2], reader)));
    } else if (/^ {0,3}([-*_])( *\1){2,} *$/.test(line)) {
      at += 1;
      nodes.push(h("hr"));
    } else if (/^> ?/.test(line)) {
      const quoted = take(/^> ?/).map((quote) => quote.replace(/^> ?/, ""));
      nodes.push(h("blockquote", {}, drawMarkdown(quoted.join("\n"), reader)));
    } else if (/^\s*[-*+] +/.test(line)) {
      nodes.push(h("ul", { role: "list" }, take(/^\s*[-*+] +/).map((item) => h("li", {}, inline(item.replace(/^\s*[-*+] +/, ""), reader)))));
    } else if (/^\s*\d+[.)] +/.test(line)) {
      const start = Number(/\d+/.exec(line)[0]);
      nodes.push(h("ol", { start, role: "list" }, take(/^\s*\d+[.)] +/).map((item) => h("li", {}, inline(item.replace(/^\s*\d+[.)] +/, ""), reader)))));
    } else if (/\|/.test(line) && /^[\s|:-]+$/.test(lines[at + 1] ?? "") && /-/.test(lines[at + 1])) {
      const [head, , ...body] = take(/\|/);
      nodes.push(table([cells(head), ...body.map(cells)].map((row) => row.map((cell) => inline(cell, reader)))));
    } else if (line.trim() === "") {
      at += 1;
    } else {
      const paragraph = [lines[at++]];
      while (at < lines.length && lines[at].trim() && !/^(#{1,6} |>|```|\s*[-*+] |\s*\d+[.)] )/.test(lines[at])) paragraph.push(lines[at++]);
      nodes.push(h("p", {}, paragraph.flatMap((words, n) => [n ? h("br") : null, ...inline(words, reader)])));
    }
  }
  return nodes;
}

function table(rows, settings = []) {
  const cell = (tag) => (inner, column) =>
    h(tag, { class: `align-${settings[column]?.align ?? "left"}`, scope: tag === "th" ? "col" : null }, inner);
  const [head, ...body] = rows;
  return h("div", { class: "table", tabindex: "0", role: "region", "aria-label": "Table" },
    h("table", {},
      h("thead", {}, h("tr", {}, head.map(cell("th")))),
      h("tbody", {}, body.map((row) => h("tr", {}, row.map(cell("td")))))));
}

export function drawTable(block, reader) {
  const inner = (cell) => {
    if (cell.type === "rich_text") return drawRichText(cell, reader);
    if (cell.type === "raw_text" || cell.type === "raw_number") return String(cell.text ?? cell.value ?? "");
    return drawUnknown("table cell", cell.type);
  };
  return table(block.rows.map((row) => row.map(inner)), block.column_settings ?? []);
}
