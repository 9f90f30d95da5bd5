CREATE TABLE "StoredStreams" (
    "StreamId" TEXT NOT NULL CONSTRAINT "PK_StoredStreams" PRIMARY KEY,
    "OwnerId" TEXT NOT NULL,
    "MediaType" TEXT NOT NULL,
    "Rate" INTEGER NULL,
    "StartUs" INTEGER NOT NULL,
    "Folder" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "SealedBytes" INTEGER NOT NULL,
    "PlaintextBytes" INTEGER NOT NULL,
    "Records" INTEGER NOT NULL,
    "Digest" TEXT NOT NULL,
    "Sha256" TEXT NOT NULL,
    "IndexSha256" TEXT NOT NULL,
    "StoredUs" INTEGER NOT NULL
);

CREATE TABLE "StreamKeys" (
    "StreamId" TEXT NOT NULL,
    "Certificate" TEXT NOT NULL,
    "Wrapped" TEXT NOT NULL,
    CONSTRAINT "PK_StreamKeys" PRIMARY KEY ("StreamId", "Certificate")
);

CREATE TABLE "Ledger" (
    "ContactCenterId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "RecordingId" TEXT NOT NULL,
    "Folder" TEXT NOT NULL,
    "ManifestSha256" TEXT NOT NULL,
    "Hash" TEXT NOT NULL,
    CONSTRAINT "PK_Ledger" PRIMARY KEY ("ContactCenterId", "Number")
);

CREATE INDEX "IX_StoredStreams_OwnerId" ON "StoredStreams" ("OwnerId");

CREATE INDEX "IX_Ledger_RecordingId" ON "Ledger" ("RecordingId");
