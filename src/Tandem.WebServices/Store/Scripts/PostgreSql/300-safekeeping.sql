CREATE TABLE "StoredStreams" (
    "StreamId" text NOT NULL,
    "OwnerId" text NOT NULL,
    "MediaType" text NOT NULL,
    "Rate" integer,
    "StartUs" bigint NOT NULL,
    "Folder" text NOT NULL,
    "State" text NOT NULL,
    "SealedBytes" bigint NOT NULL,
    "PlaintextBytes" bigint NOT NULL,
    "Records" bigint NOT NULL,
    "Digest" text NOT NULL,
    "Sha256" text NOT NULL,
    "IndexSha256" text NOT NULL,
    "StoredUs" bigint NOT NULL,
    CONSTRAINT "PK_StoredStreams" PRIMARY KEY ("StreamId")
);

CREATE TABLE "StreamKeys" (
    "StreamId" text NOT NULL,
    "Certificate" text NOT NULL,
    "Wrapped" text NOT NULL,
    CONSTRAINT "PK_StreamKeys" PRIMARY KEY ("StreamId", "Certificate")
);

CREATE TABLE "Ledger" (
    "ContactCenterId" text NOT NULL,
    "Number" bigint NOT NULL,
    "RecordingId" text NOT NULL,
    "Folder" text NOT NULL,
    "ManifestSha256" text NOT NULL,
    "Hash" text NOT NULL,
    CONSTRAINT "PK_Ledger" PRIMARY KEY ("ContactCenterId", "Number")
);

CREATE INDEX "IX_StoredStreams_OwnerId" ON "StoredStreams" ("OwnerId");

CREATE INDEX "IX_Ledger_RecordingId" ON "Ledger" ("RecordingId");
