CREATE TABLE "boots" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "boots_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"started_ms" bigint NOT NULL,
	"product_version" text NOT NULL,
	"build_id" text NOT NULL,
	"schema_version" integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"only" boolean PRIMARY KEY DEFAULT true NOT NULL,
	"server_id" uuid NOT NULL,
	"created_ms" bigint NOT NULL,
	CONSTRAINT "installation_only_one" CHECK ("installation"."only")
);
