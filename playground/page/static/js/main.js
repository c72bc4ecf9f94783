// Starts the page: follows the stream, and draws what changed.

import { follow } from "./api.js";
import { byId } from "./dom.js";
import { showMiddle, showThread } from "./middle.js";
import { showModal } from "./modal.js";
import { Page } from "./page.js";
import { showClock, showSidebar, showSwitcher } from "./sidebar.js";
import { showStory } from "./story.js";

const page = new Page(draw);
page.me = location.hash.slice(1);
page.toggleStory = toggleStory;

function draw() {
  document.title = `${page.seen.team.name} · a stand-in for Slack`;
  showSwitcher(page);
  showClock(page);
  showThread(page);
  showMiddle(page);
  showSidebar(page);
  showStory(page);
  showModal(page.seen, page.reader);
  page.remember();
}

function toggleStory(open) {
  document.body.classList.toggle("story-open", open);
  byId("story").hidden = !open;
  const button = byId("open-story");
  button.setAttribute("aria-expanded", String(open));
  const next = byId("story").querySelector(".plays button:not([disabled])");
  if (open) (next ?? byId("story").querySelector("button"))?.focus();
  else button.focus();
}

byId("open-story").addEventListener("click", () => toggleStory(byId("story").hidden));
byId("open-sidebar").addEventListener("click", () => {
  const open = document.body.classList.toggle("sidebar-open");
  byId("open-sidebar").setAttribute("aria-expanded", String(open));
  if (open) byId("sidebar").querySelector("button")?.focus();
});
byId("modal").addEventListener("redraw", () => page.refresh());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || document.querySelector("dialog[open]")) return;
  if (document.body.classList.contains("sidebar-open")) {
    document.body.classList.remove("sidebar-open");
    byId("open-sidebar").setAttribute("aria-expanded", "false");
    byId("open-sidebar").focus();
  } else if (byId("thread").contains(document.activeElement)) page.closeThread();
  else if (byId("story").contains(document.activeElement)) toggleStory(false);
});

follow(() => page.refresh(), (up) => { byId("lost").hidden = up; });
