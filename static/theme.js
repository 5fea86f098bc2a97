/* Puts the chosen appearance on <html> before the first paint, so that nothing flashes. */
(function () {
  try {
    var kept = JSON.parse(localStorage.getItem('offing.appearance') || '{}');
    ['theme', 'density', 'pair', 'amounts', 'navigation'].forEach(function (name) {
      if (typeof kept[name] === 'string') document.documentElement.dataset[name] = kept[name];
    });
    /* Someone with data of his own is not shown the first visit while they are looked up. */
    if (localStorage.getItem('offing.stored')) document.documentElement.dataset.stored = 'yes';
  } catch {
    /* Without storage the defaults stand. */
  }
})();
