/** The rule language for the editor: the compiler's own grammar, with a meaning for each colour. */
import { LanguageSupport, LRLanguage } from '@codemirror/language';
import { styleTags, Tag, tags } from '@lezer/highlight';
import { parser } from '#core/rules/parser.gen.ts';

/** The two sides have colours of their own. */
export const sideTags = { long: Tag.define(), short: Tag.define() };

const language = LRLanguage.define({
  name: 'rules',
  parser: parser.configure({
    props: [
      styleTags({
        'Input Let Enter Exit Stop Target Size Trail Breakeven Take Positions One Cancels Other Function Plot':
          tags.definitionKeyword,
        'When And Or Not': tags.operatorKeyword,
        'From To Step Of At Risk Lots Units Pips Points On For In Limit Bars After Lock Multiple Volatility Kelly Over Trips Else As Price Own Pane':
          tags.modifier,
        Long: sideTags.long,
        Short: sideTags.short,
        'LetStatement/Name InputStatement/Name': tags.definition(tags.variableName),
        Name: tags.variableName,
        ItemName: tags.definition(tags.variableName),
        'String Timeframe': tags.string,
        'Parameter/Name': tags.definition(tags.variableName),
        'FunctionStatement/FunctionName': tags.definition(tags.function(tags.variableName)),
        FunctionName: tags.function(tags.variableName),
        MemberName: tags.propertyName,
        Number: tags.number,
        '%': tags.unit,
        'CompareOperator AddOperator/... MultiplyOperator/... "="': tags.operator,
        '( ) [ ]': tags.bracket,
        Comment: tags.lineComment,
      }),
    ],
  }),
  languageData: {
    commentTokens: { line: '#' },
    closeBrackets: { brackets: ['(', '[', '"'] },
  },
});

export function ruleLanguage(): LanguageSupport {
  return new LanguageSupport(language);
}
