CREATE TABLE "api_tokens" (
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"token_id" uuid NOT NULL,
	"name" text NOT NULL,
	"scopes" text[] NOT NULL,
	"created_ms" bigint NOT NULL,
	"expires_ms" bigint NOT NULL,
	"last_used_ms" bigint,
	CONSTRAINT "api_tokens_user_id_token_hash_pk" PRIMARY KEY("user_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"user_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"at_ms" bigint NOT NULL,
	"action" text NOT NULL,
	"actor" text NOT NULL,
	"sealed_detail" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_entries_user_id_seq_pk" PRIMARY KEY("user_id","seq")
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "mails" (
	"user_id" uuid NOT NULL,
	"mail_id" uuid NOT NULL,
	"template" text NOT NULL,
	"sealed_content" text NOT NULL,
	"state" text NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"last_error" text,
	"created_ms" bigint NOT NULL,
	"sent_ms" bigint,
	"request_id" text NOT NULL,
	CONSTRAINT "mails_user_id_mail_id_pk" PRIMARY KEY("user_id","mail_id"),
	CONSTRAINT "mails_state" CHECK ("mails"."state" in ('queued', 'sent', 'failed'))
);
--> statement-breakpoint
CREATE TABLE "rate_limits" (
	"key" text PRIMARY KEY NOT NULL,
	"minute_start_ms" bigint NOT NULL,
	"minute_used" integer NOT NULL,
	"hour_start_ms" bigint NOT NULL,
	"hour_used" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkey_challenges" (
	"challenge" text PRIMARY KEY NOT NULL,
	"user_id" uuid,
	"purpose" text NOT NULL,
	"expires_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "passkeys" (
	"user_id" uuid NOT NULL,
	"credential_id" text NOT NULL,
	"public_key" text NOT NULL,
	"sign_count" bigint NOT NULL,
	"transports" text[] NOT NULL,
	"is_backed_up" boolean NOT NULL,
	"name" text NOT NULL,
	"created_ms" bigint NOT NULL,
	"last_used_ms" bigint,
	CONSTRAINT "passkeys_user_id_credential_id_pk" PRIMARY KEY("user_id","credential_id")
);
--> statement-breakpoint
CREATE TABLE "recovery_codes" (
	"user_id" uuid NOT NULL,
	"code_hash" text NOT NULL,
	"created_ms" bigint NOT NULL,
	"used_ms" bigint,
	CONSTRAINT "recovery_codes_user_id_code_hash_pk" PRIMARY KEY("user_id","code_hash")
);
--> statement-breakpoint
CREATE TABLE "totp_factors" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"sealed_secret" text NOT NULL,
	"created_ms" bigint NOT NULL,
	"confirmed_ms" bigint,
	"last_step" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "stored_secrets" (
	"user_id" uuid NOT NULL,
	"secret_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"name" text NOT NULL,
	"sealed_value" text NOT NULL,
	"created_ms" bigint NOT NULL,
	"changed_ms" bigint NOT NULL,
	CONSTRAINT "stored_secrets_user_id_secret_id_pk" PRIMARY KEY("user_id","secret_id"),
	CONSTRAINT "stored_secrets_name" UNIQUE("user_id","name"),
	CONSTRAINT "stored_secrets_kind" CHECK ("stored_secrets"."kind" in ('broker', 'assistant', 'market-data'))
);
--> statement-breakpoint
CREATE TABLE "mail_tokens" (
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"kind" text NOT NULL,
	"sealed_detail" text,
	"created_ms" bigint NOT NULL,
	"expires_ms" bigint NOT NULL,
	CONSTRAINT "mail_tokens_user_id_token_hash_pk" PRIMARY KEY("user_id","token_hash"),
	CONSTRAINT "mail_tokens_kind" CHECK ("mail_tokens"."kind" in ('verify-email', 'reset-password', 'change-email'))
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"session_id" uuid NOT NULL,
	"created_ms" bigint NOT NULL,
	"first_created_ms" bigint NOT NULL,
	"last_seen_ms" bigint NOT NULL,
	"expires_ms" bigint NOT NULL,
	"proved_ms" bigint NOT NULL,
	"method" text NOT NULL,
	"address" text NOT NULL,
	"user_agent" text NOT NULL,
	CONSTRAINT "sessions_user_id_token_hash_pk" PRIMARY KEY("user_id","token_hash"),
	CONSTRAINT "sessions_method" CHECK ("sessions"."method" in ('password', 'totp', 'recovery-code', 'passkey', 'admin-link'))
);
--> statement-breakpoint
CREATE TABLE "sign_in_steps" (
	"user_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"expires_ms" bigint NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "sign_in_steps_user_id_token_hash_pk" PRIMARY KEY("user_id","token_hash")
);
--> statement-breakpoint
CREATE TABLE "email_directory" (
	"email" text PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	CONSTRAINT "email_directory_user_id_unique" UNIQUE("user_id")
);
--> statement-breakpoint
CREATE TABLE "first_admin_link" (
	"only" text PRIMARY KEY DEFAULT 'only' NOT NULL,
	"nonce" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_keys" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"sealed_key" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "user_settings" (
	"user_id" uuid NOT NULL,
	"key" text NOT NULL,
	"value" jsonb NOT NULL,
	"changed_ms" bigint NOT NULL,
	CONSTRAINT "user_settings_user_id_key_pk" PRIMARY KEY("user_id","key"),
	CONSTRAINT "user_settings_size" CHECK (octet_length("user_settings"."value"::text) <= 65536)
);
--> statement-breakpoint
CREATE TABLE "users" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"email" text NOT NULL,
	"email_verified_ms" bigint,
	"password_hash" text NOT NULL,
	"password_changed_ms" bigint NOT NULL,
	"display_name" text DEFAULT '' NOT NULL,
	"role" text DEFAULT 'trader' NOT NULL,
	"created_ms" bigint NOT NULL,
	CONSTRAINT "users_role" CHECK ("users"."role" in ('trader', 'support', 'admin'))
);
--> statement-breakpoint
CREATE INDEX "mails_created" ON "mails" USING btree ("created_ms");