CREATE TABLE "chunks" (
	"user_id" uuid NOT NULL,
	"hash" text NOT NULL,
	"bytes" "bytea" NOT NULL,
	"stored_ms" bigint NOT NULL,
	CONSTRAINT "chunks_user_id_hash_pk" PRIMARY KEY("user_id","hash"),
	CONSTRAINT "chunks_size" CHECK (octet_length("chunks"."bytes") between 1 and 1048640)
);
--> statement-breakpoint
CREATE TABLE "encryption_keys" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"epoch" integer NOT NULL,
	"envelope" jsonb NOT NULL,
	"created_ms" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fragments" (
	"user_id" uuid NOT NULL,
	"collection" text NOT NULL,
	"row_id" text NOT NULL,
	"hlc" text NOT NULL,
	"part" smallint NOT NULL,
	"seq" bigint NOT NULL,
	"live" text[] NOT NULL,
	"cells" text NOT NULL,
	"schema_version" integer NOT NULL,
	"group_id" text,
	"chunks" text[],
	"covers" text[],
	"purged" boolean DEFAULT false NOT NULL,
	"bytes" integer NOT NULL,
	CONSTRAINT "fragments_user_id_collection_row_id_hlc_part_pk" PRIMARY KEY("user_id","collection","row_id","hlc","part"),
	CONSTRAINT "fragments_live" CHECK (cardinality("fragments"."live") > 0)
);
--> statement-breakpoint
CREATE TABLE "replica_heads" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"seq" bigint DEFAULT 0 NOT NULL,
	"token" text DEFAULT '' NOT NULL,
	"epoch" integer DEFAULT 1 NOT NULL,
	"encrypted" boolean DEFAULT false NOT NULL,
	"bytes" bigint DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "replica_tokens" (
	"user_id" uuid NOT NULL,
	"seq" bigint NOT NULL,
	"token" text NOT NULL,
	"minted_ms" bigint NOT NULL,
	CONSTRAINT "replica_tokens_user_id_seq_pk" PRIMARY KEY("user_id","seq")
);
--> statement-breakpoint
CREATE TABLE "replicas" (
	"user_id" uuid NOT NULL,
	"node" text NOT NULL,
	"name" text NOT NULL,
	"session_id" uuid NOT NULL,
	"push_no" bigint DEFAULT 0 NOT NULL,
	"nonce" text NOT NULL,
	"last_nonce" text,
	"last_hash" text,
	"last_answer" jsonb,
	"cursor" bigint DEFAULT 0 NOT NULL,
	"unsynced" integer DEFAULT 0 NOT NULL,
	"created_ms" bigint NOT NULL,
	"last_seen_ms" bigint NOT NULL,
	CONSTRAINT "replicas_user_id_node_pk" PRIMARY KEY("user_id","node")
);
--> statement-breakpoint
CREATE UNIQUE INDEX "fragments_seq" ON "fragments" USING btree ("user_id","seq");