// Puts new HTML in the place of old, child by child: what did not change keeps its focus, its
// typed words and its open menus, and screen readers hear only what is new.

export const one = (selector, root = document) => root.querySelector(selector);
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];

const sources = new WeakMap();

/**
 * Make the children of `parent` those of `html`, keeping equal ones.
 * Calls `prepare(child)` for each that is new; returns these.
 */
export function patch(parent, html, prepare = () => {}) {
  const template = document.createElement("template");
  template.innerHTML = html;
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const fresh = [];
  let place = parent.firstElementChild;
  for (const child of [...template.content.children]) {
    const source = child.outerHTML;
    const known = old.get(child.dataset.key);
    old.delete(child.dataset.key);
    if (known && sources.get(known) === source) {
      if (known === place) place = place.nextElementSibling;
      else parent.insertBefore(known, place);
      continue;
    }
    sources.set(child, source);
    prepare(child);
    if (known) {
      if (known === place) place = place.nextElementSibling;
      swap(known, child);
      if (child.nextElementSibling !== place) parent.insertBefore(child, place);
    } else {
      parent.insertBefore(child, place);
      fresh.push(child);
    }
  }
  for (const gone of old.values()) gone.remove();
  return fresh;
}

function swap(known, child) {
  const focused = known.contains(document.activeElement) ? document.activeElement : null;
  carryWords(known, child);
  known.replaceWith(child);
  if (!focused) return;
  const action = focused.dataset?.actionId;
  const again = action ? one(`[data-action-id="${CSS.escape(action)}"]`, child) : null;
  (again || (child.tabIndex >= -1 ? child : null))?.focus({preventScroll: true});
}

// A field that stands for the same question keeps what was typed, as long as its block is there.
function carryWords(known, child) {
  for (const field of all("input[data-action-id]:not([type=file]), textarea[data-action-id]", known)) {
    const again = one(`[data-action-id="${CSS.escape(field.dataset.actionId)}"]`, child);
    if (again && again.tagName === field.tagName && field.value !== field.defaultValue) again.value = field.value;
  }
}
