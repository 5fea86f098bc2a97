/** The shape of a rule text once read: statements and expressions, each knowing its place. */

export interface Span {
  /** Offsets into the text, UTF-16 units; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/';
export type CompareOperator = '<' | '<=' | '>' | '>=' | '==' | '!=';
export type BinaryOperator = ArithmeticOperator | CompareOperator | 'of' | 'and' | 'or';

export type Expression = Span &
  (
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'name'; readonly name: string }
    | {
        readonly kind: 'call';
        readonly name: string;
        readonly nameSpan: Span;
        readonly parameters: readonly Expression[];
      }
    | {
        readonly kind: 'member';
        readonly of: Expression;
        readonly name: string;
        readonly nameSpan: Span;
      }
    | { readonly kind: 'history'; readonly of: Expression; readonly barsAgo: Expression }
    | { readonly kind: 'percent'; readonly of: Expression }
    | { readonly kind: 'text'; readonly value: string }
    | { readonly kind: 'list'; readonly items: readonly Expression[] }
    | {
        /** `of` once for each value of `over`, by the name `name`. */
        readonly kind: 'each';
        readonly of: Expression;
        readonly name: Named;
        readonly over: Expression;
      }
    | {
        /** On bars of another timeframe, of another symbol, or both. */
        readonly kind: 'elsewhere';
        readonly of: Expression;
        readonly symbol: Named | null;
        readonly timeframe: Named | null;
        /** By whose clocks its days begin. */
        readonly zone: Named | null;
      }
    | { readonly kind: 'negative'; readonly of: Expression }
    | { readonly kind: 'not'; readonly of: Expression }
    | {
        readonly kind: 'binary';
        readonly operator: BinaryOperator;
        readonly left: Expression;
        readonly right: Expression;
      }
  );

export type ExpressionOf<Kind extends Expression['kind']> = Extract<Expression, { kind: Kind }>;

export type Side = 'long' | 'short';

export interface Named extends Span {
  readonly text: string;
}

export interface Literal extends Span {
  readonly value: number;
}

export interface InputStatement extends Span {
  readonly kind: 'input';
  readonly name: Named;
  readonly value: Literal;
  readonly range: { readonly min: Literal; readonly max: Literal; readonly step?: Literal } | null;
}

export interface LevelStatement extends Span {
  readonly kind: 'stop' | 'target';
  /** null = both. */
  readonly side: Side | null;
  /** A price rather than a distance from the close. */
  readonly at: boolean;
  readonly value: Expression;
  readonly unit: DistanceUnit | null;
}

/** `r` counts the distance from the fill to the stop. */
export type DistanceUnit = 'pips' | 'points' | 'r';

/** How far from the fill something stands. */
export interface Reach extends Span {
  readonly value: Expression;
  readonly unit: DistanceUnit | null;
}

/** An entry that waits for a price. */
export interface WaitingOrder extends Span {
  readonly kind: 'limit' | 'stop' | 'stopLimit';
  readonly price: Expression;
  /** Of a stop-limit order. */
  readonly limit: Expression | null;
  /** How long it waits. */
  readonly bars: Expression | null;
}

/** A size that follows the market or the trades made so far. */
export interface VaryingSizeStatement extends Span {
  readonly kind: 'varyingSize';
  readonly by: 'volatility' | 'kelly';
  readonly part: Expression;
  readonly window: (Span & { readonly count: Expression; readonly of: 'bars' | 'trips' }) | null;
  readonly otherwise: Expression | null;
}

export interface FunctionStatement extends Span {
  readonly kind: 'function';
  readonly name: Named;
  readonly parameters: readonly { readonly name: Named; readonly default: Expression | null }[];
  readonly value: Expression;
}

export interface PlotStatement extends Span {
  readonly kind: 'plot';
  readonly value: Expression;
  readonly label: Named | null;
  /** null = where such a series usually is. */
  readonly pane: 'price' | 'own' | null;
}

export type Statement =
  | InputStatement
  | LevelStatement
  | (Span & { readonly kind: 'let'; readonly name: Named; readonly value: Expression })
  | (Span & {
      readonly kind: 'enter';
      readonly side: Side;
      readonly order: WaitingOrder | null;
      readonly condition: Expression;
    })
  | (Span & { readonly kind: 'exit'; readonly side: Side | null; readonly condition: Expression })
  | (Span & { readonly kind: 'exitAfter'; readonly side: Side | null; readonly bars: Expression })
  | (Span & {
      readonly kind: 'trail';
      readonly distance: Reach;
      readonly after: Reach | null;
      readonly lock: Reach | null;
    })
  | (Span & { readonly kind: 'breakeven'; readonly after: Reach; readonly lock: Reach | null })
  | (Span & { readonly kind: 'take'; readonly part: Expression; readonly at: Reach })
  | (Span & {
      readonly kind: 'size';
      readonly risk: boolean;
      readonly value: Expression;
      readonly unit: 'lots' | 'units' | null;
    })
  | VaryingSizeStatement
  | (Span & { readonly kind: 'positions'; readonly count: Expression })
  | (Span & { readonly kind: 'cancel' })
  | FunctionStatement
  | PlotStatement
  /** Could not be read; what it may have declared is still known. */
  | (Span & {
      readonly kind: 'broken';
      readonly name: string | null;
      readonly declares: 'value' | 'function';
    });
