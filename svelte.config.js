import adapter from '@sveltejs/adapter-static';

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    adapter: adapter({ pages: 'build', assets: 'build', fallback: '404.html', precompress: true }),
    files: {
      appTemplate: 'web/app.html',
      assets: 'static',
      lib: 'web/lib',
      routes: 'web/routes',
      // Built by web/plugins/service-worker.ts, not by Kit.
      serviceWorker: 'web/no-kit-service-worker',
      errorTemplate: 'web/error.html',
      hooks: { client: 'web/hooks.client', server: 'web/hooks.server', universal: 'web/hooks' },
    },
    // Inline styles stay allowed: the chart and the editor set them; scripts never are.
    csp: {
      mode: 'hash',
      directives: {
        'default-src': ['self'],
        'script-src': ['self', 'wasm-unsafe-eval'],
        'style-src': ['self', 'unsafe-inline'],
        'img-src': ['self', 'data:', 'blob:'],
        'connect-src': ['self'],
        'worker-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['self'],
        'form-action': ['self'],
      },
    },
    // Small styles travel in their page; those that pages share are kept once on the device.
    inlineStyleThreshold: 3_000,
    // Registered by the shell itself, which shows the update notice.
    serviceWorker: { register: false },
    version: { pollInterval: 0 },
    typescript: {
      config: (config) => ({ ...config, include: [...config.include, '../web/**/*'] }),
    },
  },
};
