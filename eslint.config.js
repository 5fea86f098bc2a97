/** Style that a machine can check; the arrows between the rooms are the part that matters most. */
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

const room = (files, patterns, extra = {}) => ({
  files,
  rules: {
    '@typescript-eslint/no-restricted-imports': ['error', { patterns }],
    ...extra,
  },
});
const no = (group, message, allowTypeImports = false) => ({ group, message, allowTypeImports });

export default ts.config(
  {
    ignores: [
      'build/',
      '.svelte-kit/',
      '.cache/',
      '.offing/',
      'drizzle/',
      '**/*.gen.ts',
      'node_modules/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  prettier,
  ...svelte.configs.prettier,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    rules: {
      'no-undef': 'off',
      'no-console': 'error',
      eqeqeq: ['error', 'always'],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      // Indexing typed arrays in bounds is the bread of this code; tests and types guard the rest.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        // A property is left out of the rest by naming it.
        { argsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      'svelte/no-navigation-without-resolve': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: {
      parserOptions: { parser: ts.parser, extraFileExtensions: ['.svelte'], svelteConfig },
    },
  },
  room(
    ['core/**/*.ts'],
    [
      no(
        ['#workers/*', '#sync/*', '#lib/*', '**/workers/**', '**/sync/main*', '**/web/**'],
        'core imports no other room',
      ),
      no(['node:*', 'dexie', 'comlink', 'svelte', 'svelte/*'], 'core does no I/O'),
    ],
    {
      'no-restricted-properties': [
        'error',
        { object: 'Date', property: 'now', message: 'core is handed nowMs' },
        { object: 'Math', property: 'random', message: 'core is handed random' },
        { object: 'performance', property: 'now', message: 'core is handed nowMs' },
      ],
    },
  ),
  room(
    ['workers/**/*.ts'],
    [no(['#sync/*', '#lib/*', '**/web/**', 'svelte', 'svelte/*'], 'workers imports core alone')],
  ),
  room(
    ['sync/**/*.ts'],
    [no(['#lib/*', '**/web/**', 'svelte', 'svelte/*'], 'sync imports core and engine rooms')],
  ),
  room(
    ['web/**/*.ts', 'web/**/*.svelte'],
    [
      no(['#sync/*', '**/sync/**', '!#lib/sync/*'], 'web knows the server by type alone', true),
      no(
        ['#workers/*', '!#workers/store', '!#workers/store/*', '**/workers/**'],
        'web knows workers by type alone, and the store they share',
        true,
      ),
    ],
  ),
  {
    // Plugins run while the pages are built, where the short names of rooms do not resolve.
    files: [
      'core/**/*.test.ts',
      'workers/**/*.test.ts',
      'sync/**/*.test.ts',
      'web/plugins/**/*.ts',
    ],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    // Playwright reads which fixtures a function wants from the pattern of its first argument.
    files: ['tests/e2e/**/*.ts'],
    rules: { 'no-empty-pattern': 'off' },
  },
  {
    files: ['setup.mjs', 'bench/**', 'tests/**', '**/*.command.ts', 'sync/main.ts'],
    rules: { 'no-console': 'off' },
  },
);
