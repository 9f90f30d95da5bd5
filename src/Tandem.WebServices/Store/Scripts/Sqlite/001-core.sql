CREATE TABLE "AgentDesks" (
    "AgentId" TEXT NOT NULL CONSTRAINT "PK_AgentDesks" PRIMARY KEY,
    "CaptureJson" TEXT NOT NULL,
    "CaptureId" TEXT NULL,
    "DeviceId" TEXT NULL,
    "SessionId" TEXT NULL,
    "Dn" TEXT NULL,
    "AtWork" INTEGER NOT NULL,
    "Shard" INTEGER NOT NULL,
    "Epoch" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Agents" (
    "AgentId" TEXT NOT NULL CONSTRAINT "PK_Agents" PRIMARY KEY,
    "UserName" TEXT NOT NULL,
    "FirstName" TEXT NOT NULL,
    "LastName" TEXT NOT NULL,
    "Dn" TEXT NULL,
    "RecordingWhen" TEXT NULL,
    "RecordAfterCallWork" INTEGER NULL,
    "Shard" INTEGER NOT NULL,
    "Epoch" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Audit" (
    "Number" INTEGER NOT NULL CONSTRAINT "PK_Audit" PRIMARY KEY,
    "TimeUs" INTEGER NOT NULL,
    "Actor" TEXT NOT NULL,
    "Action" TEXT NOT NULL,
    "Target" TEXT NOT NULL,
    "Detail" TEXT NOT NULL,
    "PreviousHash" TEXT NOT NULL,
    "Hash" TEXT NOT NULL
);

CREATE TABLE "CallEvents" (
    "Source" TEXT NOT NULL,
    "Epoch" INTEGER NOT NULL,
    "Number" INTEGER NOT NULL,
    "CallUuid" TEXT NOT NULL,
    "TimeUs" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "Dn" TEXT NULL,
    "OtherDn" TEXT NULL,
    "Detail" TEXT NULL,
    CONSTRAINT "PK_CallEvents" PRIMARY KEY ("Source", "Epoch", "Number")
);

CREATE TABLE "CtiPositions" (
    "SourceUri" TEXT NOT NULL,
    "Dn" TEXT NOT NULL,
    "Source" TEXT NOT NULL,
    "Epoch" INTEGER NOT NULL,
    "Number" INTEGER NOT NULL,
    CONSTRAINT "PK_CtiPositions" PRIMARY KEY ("SourceUri", "Dn")
);

CREATE TABLE "DeviceBindings" (
    "SessionId" TEXT NOT NULL CONSTRAINT "PK_DeviceBindings" PRIMARY KEY,
    "DeviceId" TEXT NOT NULL,
    "AgentId" TEXT NOT NULL,
    "Place" TEXT NULL,
    "StartUs" INTEGER NOT NULL,
    "StopUs" INTEGER NULL
);

CREATE TABLE "Devices" (
    "DeviceId" TEXT NOT NULL CONSTRAINT "PK_Devices" PRIMARY KEY,
    "PublicKey" TEXT NOT NULL,
    "HostName" TEXT NOT NULL,
    "SoftwareVersion" TEXT NOT NULL,
    "EnrolledUs" INTEGER NOT NULL,
    "RevokedUs" INTEGER NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "EnrolmentTokens" (
    "TokenHash" TEXT NOT NULL CONSTRAINT "PK_EnrolmentTokens" PRIMARY KEY,
    "CreatedBy" TEXT NOT NULL,
    "CreatedUs" INTEGER NOT NULL,
    "ExpiresUs" INTEGER NOT NULL,
    "UsedUs" INTEGER NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Interactions" (
    "CallUuid" TEXT NOT NULL CONSTRAINT "PK_Interactions" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "CallType" TEXT NOT NULL,
    "StartUs" INTEGER NOT NULL,
    "StopUs" INTEGER NULL,
    "Ani" TEXT NULL,
    "Dnis" TEXT NULL,
    "Recorded" INTEGER NOT NULL,
    "NonDelete" INTEGER NOT NULL,
    "Labels" TEXT NOT NULL,
    "Shard" INTEGER NOT NULL,
    "Epoch" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Links" (
    "ScreenId" TEXT NOT NULL,
    "Ordinal" INTEGER NOT NULL,
    "CallUuid" TEXT NOT NULL,
    "SegmentId" TEXT NULL,
    "ScreenOffsetMs" INTEGER NOT NULL,
    "SegmentOffsetMs" INTEGER NULL,
    "LengthMs" INTEGER NOT NULL,
    "Relation" TEXT NOT NULL,
    CONSTRAINT "PK_Links" PRIMARY KEY ("ScreenId", "Ordinal")
);

CREATE TABLE "Missing" (
    "CallUuid" TEXT NOT NULL,
    "AgentId" TEXT NOT NULL,
    "What" TEXT NOT NULL,
    "Why" TEXT NOT NULL,
    "AtUs" INTEGER NOT NULL,
    CONSTRAINT "PK_Missing" PRIMARY KEY ("CallUuid", "AgentId", "What")
);

CREATE TABLE "PairingTokens" (
    "TokenHash" TEXT NOT NULL CONSTRAINT "PK_PairingTokens" PRIMARY KEY,
    "AgentId" TEXT NOT NULL,
    "UserName" TEXT NOT NULL,
    "ExpiresUs" INTEGER NOT NULL,
    "UsedUs" INTEGER NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Parties" (
    "CallUuid" TEXT NOT NULL,
    "Dn" TEXT NOT NULL,
    "AgentId" TEXT NULL,
    "Name" TEXT NOT NULL,
    "Role" TEXT NOT NULL,
    "FirstUs" INTEGER NOT NULL,
    CONSTRAINT "PK_Parties" PRIMARY KEY ("CallUuid", "Dn")
);

CREATE TABLE "Screens" (
    "CaptureId" TEXT NOT NULL CONSTRAINT "PK_Screens" PRIMARY KEY,
    "AgentId" TEXT NOT NULL,
    "DeviceId" TEXT NOT NULL,
    "InteractionId" TEXT NULL,
    "PrimaryCallUuid" TEXT NULL,
    "PrimarySegmentId" TEXT NULL,
    "StartUs" INTEGER NOT NULL,
    "StopUs" INTEGER NULL,
    "CallsEndedUs" INTEGER NULL,
    "AfterCallWork" INTEGER NOT NULL,
    "EndReason" TEXT NULL,
    "State" TEXT NOT NULL,
    "Problem" TEXT NULL,
    "Confirmed" INTEGER NOT NULL,
    "ReportJson" TEXT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "SegmentAgents" (
    "SegmentId" TEXT NOT NULL,
    "AgentId" TEXT NOT NULL,
    "Dn" TEXT NOT NULL,
    CONSTRAINT "PK_SegmentAgents" PRIMARY KEY ("SegmentId", "AgentId")
);

CREATE TABLE "Segments" (
    "SegmentId" TEXT NOT NULL CONSTRAINT "PK_Segments" PRIMARY KEY,
    "CallUuid" TEXT NOT NULL,
    "ConnId" TEXT NOT NULL,
    "Dn" TEXT NOT NULL,
    "OtherDns" TEXT NOT NULL,
    "StartUs" INTEGER NOT NULL,
    "StopUs" INTEGER NULL,
    "EndReason" TEXT NULL,
    "State" TEXT NOT NULL,
    "ReportJson" TEXT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Sessions" (
    "TokenHash" TEXT NOT NULL CONSTRAINT "PK_Sessions" PRIMARY KEY,
    "UserName" TEXT NOT NULL,
    "CsrfToken" TEXT NOT NULL,
    "CreatedUs" INTEGER NOT NULL,
    "ExpiresUs" INTEGER NOT NULL
);

CREATE TABLE "SrsOutbox" (
    "DeviceId" TEXT NOT NULL CONSTRAINT "PK_SrsOutbox" PRIMARY KEY,
    "Revision" INTEGER NOT NULL,
    "Json" TEXT NOT NULL,
    "UpdatedUs" INTEGER NOT NULL,
    "TakenRevision" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Users" (
    "UserName" TEXT NOT NULL CONSTRAINT "PK_Users" PRIMARY KEY,
    "PasswordHash" TEXT NOT NULL,
    "Roles" TEXT NOT NULL,
    "AgentId" TEXT NULL,
    "FailedSignIns" INTEGER NOT NULL,
    "LockedUntilUs" INTEGER NULL,
    "Version" INTEGER NOT NULL
);

CREATE INDEX "IX_Agents_Dn" ON "Agents" ("Dn");

CREATE INDEX "IX_Audit_TimeUs" ON "Audit" ("TimeUs");

CREATE INDEX "IX_CallEvents_CallUuid" ON "CallEvents" ("CallUuid");

CREATE INDEX "IX_DeviceBindings_AgentId" ON "DeviceBindings" ("AgentId");

CREATE INDEX "IX_DeviceBindings_DeviceId" ON "DeviceBindings" ("DeviceId");

CREATE INDEX "IX_Interactions_Recorded_StartUs" ON "Interactions" ("Recorded", "StartUs");

CREATE INDEX "IX_Interactions_StartUs" ON "Interactions" ("StartUs");

CREATE INDEX "IX_Links_CallUuid" ON "Links" ("CallUuid");

CREATE INDEX "IX_Parties_AgentId_FirstUs" ON "Parties" ("AgentId", "FirstUs");

CREATE INDEX "IX_Parties_Dn_FirstUs" ON "Parties" ("Dn", "FirstUs");

CREATE INDEX "IX_Screens_AgentId_StartUs" ON "Screens" ("AgentId", "StartUs");

CREATE INDEX "IX_Screens_InteractionId" ON "Screens" ("InteractionId");

CREATE INDEX "IX_Screens_PrimaryCallUuid" ON "Screens" ("PrimaryCallUuid");

CREATE INDEX "IX_SegmentAgents_AgentId" ON "SegmentAgents" ("AgentId");

CREATE INDEX "IX_Segments_CallUuid" ON "Segments" ("CallUuid");

CREATE INDEX "IX_Segments_StartUs" ON "Segments" ("StartUs");

CREATE INDEX "IX_Sessions_UserName" ON "Sessions" ("UserName");

