CREATE TABLE "bot_bars" (
	"user_id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"open_ms" bigint NOT NULL,
	"open" double precision NOT NULL,
	"high" double precision NOT NULL,
	"low" double precision NOT NULL,
	"close" double precision NOT NULL,
	"volume" double precision NOT NULL,
	"source" text NOT NULL,
	"decided" text,
	CONSTRAINT "bot_bars_user_id_bot_id_open_ms_pk" PRIMARY KEY("user_id","bot_id","open_ms")
);
--> statement-breakpoint
CREATE TABLE "bot_events" (
	"user_id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"n" bigint GENERATED ALWAYS AS IDENTITY (sequence name "bot_events_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at_ms" bigint NOT NULL,
	"level" text NOT NULL,
	"name" text NOT NULL,
	"detail" jsonb NOT NULL,
	CONSTRAINT "bot_events_user_id_bot_id_n_pk" PRIMARY KEY("user_id","bot_id","n")
);
--> statement-breakpoint
CREATE TABLE "bot_orders" (
	"user_id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"bar_ms" bigint NOT NULL,
	"n" bigint NOT NULL,
	"state" text NOT NULL,
	"asks" jsonb NOT NULL,
	"request" jsonb,
	"intent_ids" uuid[] NOT NULL,
	"reason" text,
	"figures" jsonb,
	"bid" double precision,
	"ask" double precision,
	"at_ms" bigint NOT NULL,
	CONSTRAINT "bot_orders_user_id_bot_id_request_id_pk" PRIMARY KEY("user_id","bot_id","request_id"),
	CONSTRAINT "bot_orders_state" CHECK ("bot_orders"."state" in ('waiting', 'planned', 'sending', 'sent', 'refused', 'missed', 'dropped'))
);
--> statement-breakpoint
CREATE TABLE "bots" (
	"user_id" uuid NOT NULL,
	"bot_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"setup" jsonb NOT NULL,
	"terms" jsonb NOT NULL,
	"first_bar_ms" bigint NOT NULL,
	"last_bar_ms" bigint,
	"is_ending" boolean DEFAULT false NOT NULL,
	"closes_too" boolean DEFAULT false NOT NULL,
	"created_ms" bigint NOT NULL,
	"changed_ms" bigint NOT NULL,
	CONSTRAINT "bots_user_id_bot_id_pk" PRIMARY KEY("user_id","bot_id"),
	CONSTRAINT "bots_state" CHECK ("bots"."state" in ('draft', 'running', 'paused', 'stopped', 'killed'))
);
--> statement-breakpoint
CREATE INDEX "bot_orders_bar" ON "bot_orders" USING btree ("user_id","bot_id","bar_ms","n");--> statement-breakpoint
CREATE INDEX "bots_account" ON "bots" USING btree ("user_id","account_id");--> statement-breakpoint
CREATE INDEX "bots_busy" ON "bots" USING btree ("account_id") WHERE "bots"."state" in ('running', 'paused') or "bots"."is_ending";