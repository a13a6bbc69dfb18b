// Texts of the scripts in the page's language: simplified Chinese, traditional Chinese, English.
export type Texts<Key extends string> = Record<Key, readonly [hans: string, hant: string, english: string]>;

/** Return the column that a language tag such as `zh-hant` or `en-gb` reads. */
export function column(tag: string): 0 | 1 | 2 {
  const lower = tag.toLowerCase();
  if (lower.startsWith("en")) return 2;
  return /^zh-(hant|tw|hk|mo)/.test(lower) ? 1 : 0;
}

/** Return a function that says a text of `table` in the language of `<html lang>`, with `{name}` filled in. */
export function speaker<Key extends string>(table: Texts<Key>) {
  return (key: Key, values: Record<string, string | number> = {}): string =>
    table[key][column(document.documentElement.lang)].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}
