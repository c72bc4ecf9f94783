// The story, step by step, and what went over the wire meanwhile.

import { playStory, wireSince } from "./api.js";
import { byId, h, replace, say } from "./dom.js";
import { showTraffic } from "./traffic.js";

let drawn = "";
const MARKS = { waiting: "○", playing: "◐", played: "✓", failed: "✕" };

export function showStory(page) {
  const { story } = page.seen;
  const aside = byId("story");
  const sign = JSON.stringify(story);
  if (sign === drawn && aside.childElementCount) return;
  const before = drawn ? JSON.parse(drawn) : [];
  drawn = sign;
  const focus = aside.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const next = story.find((step) => step.state === "waiting" || step.state === "failed");
  const playing = story.some((step) => step.state === "playing");
  const play = (what, words, kind) => h("button", {
    // Not `disabled`, which would take the focus from whoever plays step after step by keyboard.
    type: "button", class: `button ${kind}`, "data-focus": `play-${what}`, "aria-disabled": !next || playing ? "true" : null, "aria-busy": playing ? "true" : null,
    onclick: async () => {
      if (!next || playing) return;
      const answer = await playStory(what);
      if (!answer.ok) say(answer.error);
    },
  }, words);
  const body = h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Steps" },
    story.length ? h("ol", { class: "steps", role: "list" }, story.map(drawStep)) : h("p", { class: "empty" }, page.seen.no_story),
    h("p", {}, h("button", { type: "button", class: "button", "data-focus": "all-traffic", onclick: async () => showTraffic("Everything on the wire", await wireSince(0)) }, "Everything on the wire")));
  replace(aside,
    h("div", { class: "place-head" },
      h("h2", {}, "Story and wire"),
      h("button", { type: "button", class: "plain", "aria-label": "Close the story", "data-focus": "close", onclick: () => page.toggleStory(false) }, "✕")),
    story.length ? h("div", { class: "plays" }, next || playing
      ? [play("next", playing ? "Playing…" : "Play the next step", "primary"), play("all", "Play to the end", "")]
      : h("p", {}, h("strong", {}, "Played to the end."), " ", page.seen.after_story)) : null,
    body);
  const current = aside.querySelector(".step.playing, .step.failed") ?? aside.querySelector(".step.waiting");
  current?.scrollIntoView({ block: "nearest" });
  const target = focus && aside.querySelector(`[data-focus="${focus}"]`);
  if (target) target.focus();
  else if (focus) aside.querySelector('[data-focus="close"]').focus();
  const done = story.find((step, at) => step.state === "played" && before[at]?.state === "playing");
  if (done) say(`Played: ${done.title}`);
}

function drawStep(step, at) {
  const isOver = step.state === "played" || step.state === "failed";
  return h("li", { class: `step ${step.state}`, "aria-current": step.state === "playing" ? "step" : null },
    h("span", { class: "step-mark", role: "img", "aria-label": step.state }, MARKS[step.state]),
    h("span", { class: "step-words" }, step.title,
      step.trouble && h("span", { class: "error" }, step.trouble),
      isOver && h("button", {
        type: "button", class: "link", "data-focus": `traffic-${at}`,
        onclick: async () => {
          const all = await wireSince(step.since);
          showTraffic(step.title, all.filter((x) => x.number <= step.until));
        },
      }, `${step.until - step.since} on the wire · ${step.seconds.toFixed(1)} s`)));
}
