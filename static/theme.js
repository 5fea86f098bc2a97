/* Puts the chosen appearance on <html> before the first paint, so that nothing flashes. */
(function () {
  try {
    var kept = JSON.parse(localStorage.getItem('offing.appearance') || '{}');
    ['theme', 'density', 'pair', 'amounts', 'navigation'].forEach(function (name) {
      if (typeof kept[name] === 'string') document.documentElement.dataset[name] = kept[name];
    });
  } catch {
    /* Without storage the defaults stand. */
  }
})();
