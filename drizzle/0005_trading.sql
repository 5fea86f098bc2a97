CREATE TABLE "broker_items" (
	"user_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"item_id" text NOT NULL,
	"facts" jsonb NOT NULL,
	CONSTRAINT "broker_items_user_id_account_id_kind_item_id_pk" PRIMARY KEY("user_id","account_id","kind","item_id"),
	CONSTRAINT "broker_items_kind" CHECK ("broker_items"."kind" in ('position', 'order', 'trail'))
);
--> statement-breakpoint
CREATE TABLE "deals" (
	"user_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"deal" text NOT NULL,
	"order_ticket" text NOT NULL,
	"position" text NOT NULL,
	"symbol" text NOT NULL,
	"kind" text NOT NULL,
	"entry" text,
	"volume_lots" double precision NOT NULL,
	"price" double precision NOT NULL,
	"commission" double precision NOT NULL,
	"swap" double precision NOT NULL,
	"profit" double precision NOT NULL,
	"magic" text NOT NULL,
	"comment" text NOT NULL,
	"reason" text NOT NULL,
	"server_ms" bigint NOT NULL,
	CONSTRAINT "deals_user_id_account_id_deal_pk" PRIMARY KEY("user_id","account_id","deal")
);
--> statement-breakpoint
CREATE TABLE "equity_snapshots" (
	"user_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"at_ms" bigint NOT NULL,
	"balance" double precision NOT NULL,
	"equity" double precision NOT NULL,
	CONSTRAINT "equity_snapshots_user_id_account_id_at_ms_pk" PRIMARY KEY("user_id","account_id","at_ms")
);
--> statement-breakpoint
CREATE TABLE "intent_events" (
	"user_id" uuid NOT NULL,
	"intent_id" uuid NOT NULL,
	"n" bigint GENERATED ALWAYS AS IDENTITY (sequence name "intent_events_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at_ms" bigint NOT NULL,
	"name" text NOT NULL,
	"detail" jsonb NOT NULL,
	CONSTRAINT "intent_events_user_id_intent_id_n_pk" PRIMARY KEY("user_id","intent_id","n")
);
--> statement-breakpoint
CREATE TABLE "order_intents" (
	"user_id" uuid NOT NULL,
	"intent_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"state" text NOT NULL,
	"is_open" boolean NOT NULL,
	"body" jsonb NOT NULL,
	"facts" jsonb NOT NULL,
	"magics" text[] NOT NULL,
	"broker_order" text,
	"created_ms" bigint NOT NULL,
	"updated_ms" bigint NOT NULL,
	CONSTRAINT "order_intents_user_id_intent_id_pk" PRIMARY KEY("user_id","intent_id")
);
--> statement-breakpoint
CREATE TABLE "paper_books" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"book" jsonb NOT NULL,
	"journal" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "terminal_log" (
	"user_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"n" bigint GENERATED ALWAYS AS IDENTITY (sequence name "terminal_log_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"at_ms" bigint NOT NULL,
	"level" text NOT NULL,
	"name" text NOT NULL,
	"detail" jsonb NOT NULL,
	CONSTRAINT "terminal_log_user_id_account_id_n_pk" PRIMARY KEY("user_id","account_id","n")
);
--> statement-breakpoint
CREATE TABLE "trade_requests" (
	"user_id" uuid NOT NULL,
	"request_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"body_hash" text NOT NULL,
	"intent_ids" uuid[] NOT NULL,
	"created_ms" bigint NOT NULL,
	CONSTRAINT "trade_requests_user_id_request_id_pk" PRIMARY KEY("user_id","request_id")
);
--> statement-breakpoint
CREATE TABLE "trading_accounts" (
	"user_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"halt_reason" text,
	"sealed_token" text NOT NULL,
	"pair_until_ms" bigint,
	"bound_device" text,
	"bound_login" text,
	"bound_server" text,
	"epoch" bigint DEFAULT 0 NOT NULL,
	"session" text,
	"server_id" uuid,
	"lease_until_ms" bigint,
	"limits" jsonb NOT NULL,
	"settings" jsonb NOT NULL,
	"broker" jsonb,
	"instruments" jsonb NOT NULL,
	"peak_equity" double precision DEFAULT 0 NOT NULL,
	"cursor_server_ms" bigint DEFAULT 0 NOT NULL,
	"cursor_deal" text DEFAULT '0' NOT NULL,
	"reconciled_ms" bigint,
	"health" jsonb,
	"last_heard_ms" bigint,
	"created_ms" bigint NOT NULL,
	"revoked_ms" bigint,
	CONSTRAINT "trading_accounts_user_id_account_id_pk" PRIMARY KEY("user_id","account_id"),
	CONSTRAINT "trading_accounts_kind" CHECK ("trading_accounts"."kind" in ('mt5', 'paper', 'exchange')),
	CONSTRAINT "trading_accounts_state" CHECK ("trading_accounts"."state" in ('pairing', 'paired', 'halted', 'revoked'))
);
--> statement-breakpoint
CREATE INDEX "deals_time" ON "deals" USING btree ("user_id","account_id","server_ms","deal");--> statement-breakpoint
CREATE INDEX "deals_position" ON "deals" USING btree ("user_id","account_id","position");--> statement-breakpoint
CREATE INDEX "deals_order" ON "deals" USING btree ("user_id","account_id","order_ticket");--> statement-breakpoint
CREATE INDEX "order_intents_open" ON "order_intents" USING btree ("account_id","created_ms") WHERE "order_intents"."is_open";--> statement-breakpoint
CREATE INDEX "order_intents_list" ON "order_intents" USING btree ("user_id","account_id","created_ms","intent_id");--> statement-breakpoint
CREATE INDEX "order_intents_magics" ON "order_intents" USING gin ("magics");--> statement-breakpoint
CREATE INDEX "order_intents_order" ON "order_intents" USING btree ("account_id","broker_order");--> statement-breakpoint
CREATE UNIQUE INDEX "trading_accounts_id" ON "trading_accounts" USING btree ("account_id");