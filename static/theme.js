/* Puts the chosen appearance on <html> before the first paint, so that nothing flashes. */
(function () {
  try {
    var kept = JSON.parse(localStorage.getItem('offing.appearance') || '{}');
    var root = document.documentElement;
    ['theme', 'density', 'pair', 'amounts', 'navigation'].forEach(function (name) {
      if (typeof kept[name] === 'string') root.dataset[name] = kept[name];
    });
    /* Whose words are kept for the pages to speak: web/lib/words/language.ts. */
    if (/^[a-z]{2}$/.test(kept.language)) root.lang = kept.language;
    /* In the order that web/lib/state/preference-values.ts writes them. */
    var own = typeof kept.ownPair === 'string' ? kept.ownPair.split(' ') : [];
    ['up-light', 'down-light', 'up-dark', 'down-dark'].forEach(function (name, at) {
      if (/^#[\da-f]{6}$/.test(own[at])) root.style.setProperty('--own-' + name, own[at]);
    });
    /* Someone with data of his own is not shown the first visit while they are looked up. */
    if (localStorage.getItem('offing.stored')) root.dataset.stored = 'yes';
  } catch {
    /* Without storage the defaults stand. */
  }
})();
