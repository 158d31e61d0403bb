// What the tests want to know about the page they stand on. Loaded beside axe-core, past the page's own policy.
"use strict";
window.looks = {
  // Accessibility rules that the page breaks: WCAG 2.2 AA, the size of targets included, and axe's good practice.
  // With `colours` only those that a colour scheme can break.
  async violations(colours) {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const all = { runOnly: tags, rules: { "target-size": { enabled: true } } };
    const found = await axe.run(document, {
      ...(colours ? { runOnly: ["color-contrast", "link-in-text-block"] } : all),
      resultTypes: ["violations"],
    });
    return found.violations.map((rule) =>
      `${rule.id}: ${rule.nodes.map((node) => `${node.target.join(" ")} ${node.failureSummary ?? ""}`).join(" | ")}`);
  },

  at() {
    return {
      direction: document.documentElement.dir,
      wide: looks.wide(),
      bare: looks.bare(),
      turned: looks.turned(),
      ways: [...document.querySelectorAll(".skip, .mark, .languages, .exit, main, .foot")].map((one) => one.className || one.localName),
      foot: [...document.querySelectorAll(".foot a")].map((link) => link.getAttribute("href")),
    };
  },

  // What sticks out of the window and is not in a box that scrolls by itself.
  wide() {
    const room = document.documentElement.clientWidth;
    const out = document.scrollingElement.scrollWidth > room ? [`page: ${document.scrollingElement.scrollWidth}`] : [];
    for (const one of document.body.querySelectorAll("*")) {
      if (one.closest(".skip, .unseen") || one.parentElement.closest(".scroll, pre, svg, details:not([open])")) continue;
      const { left, right, width } = one.getBoundingClientRect();
      if (width && (left < -1 || right > room + 1)) out.push(`${one.localName}.${one.className}: ${left} to ${right}`);
    }
    return out;
  },

  // Amounts, telephone numbers, references, digests and long numbers that do not keep their own direction; on a page
  // written from the right also sentences in other letters, whose last sign would stand before their first word.
  bare() {
    const own = "[dir=ltr]:not(html), [dir=auto], bdi, code, textarea, option, script";
    const number = /[$€]\s?\d|\d{3}-\d{3,}|\b[A-Z]{3}-(?!256)[0-9A-Z]|\d{5,}|\b[0-9a-f]{16,}\b|age1|https?:/;
    const sentence = document.documentElement.dir === "rtl" ? /^[^\u0600-\u06ff]*[A-Za-z]{2}[^\u0600-\u06ff]*[.!?]\s*$/ : /(?!)/;
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const out = [];
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if ((number.test(text.data) || sentence.test(text.data)) && !text.parentElement.closest(own)) out.push(text.data.trim());
    }
    return out;
  },

  // Numbers and codes whose first sign does not stand to the left of their last, where both are on one line.
  turned() {
    const place = (text, at) => {
      const range = document.createRange();
      range.setStart(text, at);
      range.setEnd(text, at + 1);
      return range.getBoundingClientRect();
    };
    const out = [];
    for (const one of document.querySelectorAll("bdi[dir=ltr]")) {
      const text = one.firstChild;
      if (!text || text.length < 2) continue;
      const [first, last] = [place(text, 0), place(text, text.length - 1)];
      if (first.width && last.width && first.top === last.top && first.left >= last.left) out.push(text.data);
    }
    return out;
  },
};
