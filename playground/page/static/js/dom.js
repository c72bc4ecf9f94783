// Making elements. Text goes in as text nodes only: nothing anywhere in the page parses HTML.

export function h(tag, facts = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(facts)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "class") made.className = value;
    else if (name === "value" || name === "checked") made[name] = value;
    else made.setAttribute(name, value === true ? "" : String(value));
  }
  put(made, children);
  return made;
}

export function put(parent, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

export function replace(parent, ...children) {
  parent.replaceChildren();
  put(parent, children);
}

export const byId = (id) => document.getElementById(id);

let count = 0;
export const newId = (what) => `${what}-${++count}`;

/** Said to screen readers, once. */
export function say(words) {
  const place = byId("said");
  place.textContent = "";
  setTimeout(() => { place.textContent = words; }, 50);
}

/** Draws again only what changed: `draw(item)` makes a node for each new `signature`. */
export function keep(parent, items, { key, signature, draw }) {
  const before = new Map([...parent.children].map((node) => [node.dataset.key, node]));
  const names = new Set(items.map(key));
  let at = parent.firstElementChild;
  for (const item of items) {
    const name = key(item);
    // Past those that go: a node that is moved for their sake loses the focus and its place.
    while (at && !names.has(at.dataset.key)) at = at.nextElementSibling;
    const sign = signature(item);
    let node = before.get(name);
    before.delete(name);
    if (!node || node.signature !== sign) {
      const fresh = draw(item, node);
      fresh.dataset.key = name;
      fresh.signature = sign;
      if (node) {
        const focus = focusPath(node);
        if (at === node) at = fresh;
        node.replaceWith(fresh);
        if (focus) focusAgain(fresh, focus);
      }
      node = fresh;
    }
    if (node === at) at = at.nextElementSibling;
    else parent.insertBefore(node, at);
  }
  for (const gone of before.values()) {
    const heir = gone.contains(document.activeElement) && heirOf(gone, before);
    gone.remove();
    if (heir) heir.focus();
  }
}

/** Who gets the focus of what goes: its neighbour that stays, above or below, else the whole list. */
function heirOf(gone, going) {
  const stays = (node) => node.hasAttribute("tabindex") && !going.has(node.dataset.key);
  for (const step of ["previousElementSibling", "nextElementSibling"]) {
    let node = gone[step];
    while (node && !stays(node)) node = node[step];
    if (node) return node;
  }
  return gone.parentElement;
}

function focusPath(node) {
  const active = document.activeElement;
  if (!node.contains(active)) return null;
  return { mark: active.dataset.focus, all: node === active };
}

function focusAgain(node, { mark, all }) {
  if (all) return node.focus();
  const same = mark && node.querySelector(`[data-focus="${CSS.escape(mark)}"]`);
  (same || node).focus();
}
