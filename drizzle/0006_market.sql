CREATE TABLE "account_bars" (
	"user_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"timeframe" text NOT NULL,
	"open_ms" bigint NOT NULL,
	"open" double precision NOT NULL,
	"high" double precision NOT NULL,
	"low" double precision NOT NULL,
	"close" double precision NOT NULL,
	"volume" double precision,
	"digits" integer NOT NULL,
	"prev_ms" bigint,
	"newest_until_ms" bigint,
	"heard_ms" bigint NOT NULL,
	"expires_ms" bigint NOT NULL,
	CONSTRAINT "account_bars_user_id_account_id_symbol_timeframe_open_ms_pk" PRIMARY KEY("user_id","account_id","symbol","timeframe","open_ms"),
	CONSTRAINT "account_bars_range" CHECK ("account_bars"."low" <= "account_bars"."high" and "account_bars"."low" > 0)
);
--> statement-breakpoint
CREATE TABLE "market_answers" (
	"source" text NOT NULL,
	"kind" text NOT NULL,
	"asked" text NOT NULL,
	"value" jsonb NOT NULL,
	"heard_ms" bigint NOT NULL,
	"expires_ms" bigint NOT NULL,
	CONSTRAINT "market_answers_source_kind_asked_pk" PRIMARY KEY("source","kind","asked")
);
--> statement-breakpoint
CREATE TABLE "market_bars" (
	"source" text NOT NULL,
	"symbol" text NOT NULL,
	"timeframe" text NOT NULL,
	"open_ms" bigint NOT NULL,
	"open" double precision NOT NULL,
	"high" double precision NOT NULL,
	"low" double precision NOT NULL,
	"close" double precision NOT NULL,
	"volume" double precision,
	"digits" integer NOT NULL,
	"prev_ms" bigint,
	"newest_until_ms" bigint,
	"heard_ms" bigint NOT NULL,
	"expires_ms" bigint NOT NULL,
	CONSTRAINT "market_bars_source_symbol_timeframe_open_ms_pk" PRIMARY KEY("source","symbol","timeframe","open_ms"),
	CONSTRAINT "market_bars_range" CHECK ("market_bars"."low" <= "market_bars"."high" and "market_bars"."low" > 0)
);
--> statement-breakpoint
CREATE TABLE "paper_hours" (
	"user_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"symbol" text NOT NULL,
	"hour_ms" bigint NOT NULL,
	"minutes" jsonb NOT NULL,
	CONSTRAINT "paper_hours_user_id_account_id_symbol_hour_ms_pk" PRIMARY KEY("user_id","account_id","symbol","hour_ms")
);
--> statement-breakpoint
CREATE INDEX "account_bars_expires" ON "account_bars" USING btree ("expires_ms");--> statement-breakpoint
CREATE INDEX "market_answers_expires" ON "market_answers" USING btree ("expires_ms");--> statement-breakpoint
CREATE INDEX "market_bars_expires" ON "market_bars" USING btree ("expires_ms");--> statement-breakpoint
CREATE INDEX "paper_hours_hour" ON "paper_hours" USING btree ("hour_ms");