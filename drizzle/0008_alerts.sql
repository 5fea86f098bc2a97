CREATE TABLE "alert_events" (
	"user_id" uuid NOT NULL,
	"n" bigint GENERATED ALWAYS AS IDENTITY (sequence name "alert_events_n_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"alert_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"firing_key" text NOT NULL,
	"at_ms" bigint NOT NULL,
	"condition" jsonb NOT NULL,
	"note" text NOT NULL,
	"value" double precision,
	"detail" jsonb NOT NULL,
	"read_ms" bigint,
	CONSTRAINT "alert_events_user_id_n_pk" PRIMARY KEY("user_id","n")
);
--> statement-breakpoint
CREATE TABLE "alerts" (
	"user_id" uuid NOT NULL,
	"alert_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"condition" jsonb NOT NULL,
	"repeat" text NOT NULL,
	"pause_ms" bigint NOT NULL,
	"until_ms" bigint,
	"channels" text[] NOT NULL,
	"note" text NOT NULL,
	"state" text NOT NULL,
	"fired" integer DEFAULT 0 NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"last_fired_ms" bigint,
	"side" smallint,
	"created_ms" bigint NOT NULL,
	"changed_ms" bigint NOT NULL,
	CONSTRAINT "alerts_user_id_alert_id_pk" PRIMARY KEY("user_id","alert_id"),
	CONSTRAINT "alerts_state" CHECK ("alerts"."state" in ('on', 'paused', 'done'))
);
--> statement-breakpoint
CREATE TABLE "push_keys" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"public_key" text NOT NULL,
	"sealed_key" text NOT NULL,
	"created_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "push_subscriptions" (
	"user_id" uuid NOT NULL,
	"subscription_id" uuid NOT NULL,
	"session_id" uuid NOT NULL,
	"endpoint_hash" text NOT NULL,
	"sealed_subscription" text NOT NULL,
	"name" text NOT NULL,
	"created_ms" bigint NOT NULL,
	"last_sent_ms" bigint,
	CONSTRAINT "push_subscriptions_user_id_subscription_id_pk" PRIMARY KEY("user_id","subscription_id")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "alert_events_once" ON "alert_events" USING btree ("user_id","alert_id","firing_key");--> statement-breakpoint
CREATE INDEX "alert_events_unread" ON "alert_events" USING btree ("user_id") WHERE "alert_events"."read_ms" is null;--> statement-breakpoint
CREATE INDEX "alerts_on" ON "alerts" USING btree ("account_id") WHERE "alerts"."state" = 'on';--> statement-breakpoint
CREATE UNIQUE INDEX "push_subscriptions_endpoint" ON "push_subscriptions" USING btree ("user_id","endpoint_hash");