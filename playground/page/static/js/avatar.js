// A person's mark: initials on a colour of their own. No pictures, so no outside address.

import { h } from "./dom.js";

export function avatar(person, notice = false) {
  if (notice) return h("span", { class: "avatar hue-9" }, "♥");
  if (person?.is_bot) return h("span", { class: "avatar bot" }, person.real_name[0]);
  const name = person?.real_name ?? "?";
  const initials = name.split(/\s+/).map((word) => word[0]).slice(0, 2).join("");
  const hue = [...(person?.id ?? "")].reduce((sum, letter) => sum * 7 + letter.charCodeAt(0), 0) % 9;
  return h("span", { class: `avatar hue-${hue}` }, initials);
}
