CREATE TABLE "AgentDesks" (
    "AgentId" text NOT NULL,
    "CaptureJson" text NOT NULL,
    "CaptureId" text,
    "DeviceId" text,
    "SessionId" text,
    "Dn" text,
    "AtWork" boolean NOT NULL,
    "Shard" integer NOT NULL,
    "Epoch" bigint NOT NULL,
    "Version" bigint NOT NULL,
    CONSTRAINT "PK_AgentDesks" PRIMARY KEY ("AgentId")
);

CREATE TABLE "Agents" (
    "AgentId" text NOT NULL,
    "UserName" text NOT NULL,
    "FirstName" text NOT NULL,
    "LastName" text NOT NULL,
    "Dn" text,
    "RecordingWhen" text,
    "RecordAfterCallWork" boolean,
    "Shard" integer NOT NULL,
    "Epoch" bigint NOT NULL,
    "Version" bigint NOT NULL,
    CONSTRAINT "PK_Agents" PRIMARY KEY ("AgentId")
);

CREATE TABLE "Audit" (
    "Number" bigint NOT NULL,
    "TimeUs" bigint NOT NULL,
    "Actor" text NOT NULL,
    "Action" text NOT NULL,
    "Target" text NOT NULL,
    "Detail" text NOT NULL,
    "PreviousHash" text NOT NULL,
    "Hash" text NOT NULL,
    CONSTRAINT "PK_Audit" PRIMARY KEY ("Number")
);

CREATE TABLE "CallEvents" (
    "Source" text NOT NULL,
    "Epoch" bigint NOT NULL,
    "Number" bigint NOT NULL,
    "CallUuid" text NOT NULL,
    "TimeUs" bigint NOT NULL,
    "Name" text NOT NULL,
    "Dn" text,
    "OtherDn" text,
    "Detail" text,
    CONSTRAINT "PK_CallEvents" PRIMARY KEY ("Source", "Epoch", "Number")
);

CREATE TABLE "CtiPositions" (
    "SourceUri" text NOT NULL,
    "Dn" text NOT NULL,
    "Source" text NOT NULL,
    "Epoch" bigint NOT NULL,
    "Number" bigint NOT NULL,
    CONSTRAINT "PK_CtiPositions" PRIMARY KEY ("SourceUri", "Dn")
);

CREATE TABLE "DeviceBindings" (
    "SessionId" text NOT NULL,
    "DeviceId" text NOT NULL,
    "AgentId" text NOT NULL,
    "Place" text,
    "StartUs" bigint NOT NULL,
    "StopUs" bigint,
    CONSTRAINT "PK_DeviceBindings" PRIMARY KEY ("SessionId")
);

CREATE TABLE "Devices" (
    "DeviceId" text NOT NULL,
    "PublicKey" text NOT NULL,
    "HostName" text NOT NULL,
    "SoftwareVersion" text NOT NULL,
    "EnrolledUs" bigint NOT NULL,
    "RevokedUs" bigint,
    "Version" bigint NOT NULL,
    CONSTRAINT "PK_Devices" PRIMARY KEY ("DeviceId")
);

CREATE TABLE "EnrolmentTokens" (
    "TokenHash" text NOT NULL,
    "CreatedBy" text NOT NULL,
    "CreatedUs" bigint NOT NULL,
    "ExpiresUs" bigint NOT NULL,
    "UsedUs" bigint,
    "Version" bigint NOT NULL,
    CONSTRAINT "PK_EnrolmentTokens" PRIMARY KEY ("TokenHash")
);

CREATE TABLE "Interactions" (
    "CallUuid" text NOT NULL,
    "Kind" text NOT NULL,
    "CallType" text NOT NULL,
    "StartUs" bigint NOT NULL,
    "StopUs" bigint,
    "Ani" text,
    "Dnis" text,
    "Recorded" boolean NOT NULL,
    "NonDelete" boolean NOT NULL,
    "Labels" text NOT NULL,
    "Shard" integer NOT NULL,
    "Epoch" bigint NOT NULL,
    "Version" bigint NOT NULL,
    CONSTRAINT "PK_Interactions" PRIMARY KEY ("CallUuid")
);

CREATE TABLE "Links" (
    "ScreenId" text NOT NULL,
    "Ordinal" integer NOT NULL,
    "CallUuid" text NOT NULL,
    "SegmentId" text,
    "ScreenOffsetMs" bigint NOT NULL,
    "SegmentOffsetMs" bigint,
    "LengthMs" bigint NOT NULL,
    "Relation" text NOT NULL,
    CONSTRAINT "PK_Links" PRIMARY KEY ("ScreenId", "Ordinal")
);

CREATE TABLE "Missing" (
    "CallUuid" text NOT NULL,
    "AgentId" text NOT NULL,
    "What" text NOT NULL,
    "Why" text NOT NULL,
    "AtUs" bigint NOT NULL,
    CONSTRAINT "PK_Missing" PRIMARY KEY ("CallUuid", "AgentId", "What")
);

CREATE TABLE "PairingTokens" (
    "TokenHash" text NOT NULL,
    "AgentId" text NOT NULL,
    "UserName" text NOT NULL,
    "ExpiresUs" bigint NOT NULL,
    "UsedUs" bigint,
    "Version" bigint NOT NULL,
    CONSTRAINT "PK_PairingTokens" PRIMARY KEY ("TokenHash")
);

CREATE TABLE "Parties" (
    "CallUuid" text NOT NULL,
    "Dn" text NOT NULL,
    "AgentId" text,
    "Name" text NOT NULL,
    "Role" text NOT NULL,
    "FirstUs" bigint NOT NULL,
    CONSTRAINT "PK_Parties" PRIMARY KEY ("CallUuid", "Dn")
);

CREATE TABLE "Screens" (
    "CaptureId" text NOT NULL,
    "AgentId" text NOT NULL,
    "DeviceId" text NOT NULL,
    "InteractionId" text,
    "PrimaryCallUuid" text,
    "PrimarySegmentId" text,
    "StartUs" bigint NOT NULL,
    "StopUs" bigint,
    "CallsEndedUs" bigint,
    "AfterCallWork" boolean NOT NULL,
    "EndReason" text,
    "State" text NOT NULL,
    "Problem" text,
    "Confirmed" boolean NOT NULL,
    "ReportJson" text,
    "Version" bigint NOT NULL,
    CONSTRAINT "PK_Screens" PRIMARY KEY ("CaptureId")
);

CREATE TABLE "SegmentAgents" (
    "SegmentId" text NOT NULL,
    "AgentId" text NOT NULL,
    "Dn" text NOT NULL,
    CONSTRAINT "PK_SegmentAgents" PRIMARY KEY ("SegmentId", "AgentId")
);

CREATE TABLE "Segments" (
    "SegmentId" text NOT NULL,
    "CallUuid" text NOT NULL,
    "ConnId" text NOT NULL,
    "Dn" text NOT NULL,
    "OtherDns" text NOT NULL,
    "StartUs" bigint NOT NULL,
    "StopUs" bigint,
    "EndReason" text,
    "State" text NOT NULL,
    "ReportJson" text,
    "Version" bigint NOT NULL,
    CONSTRAINT "PK_Segments" PRIMARY KEY ("SegmentId")
);

CREATE TABLE "Sessions" (
    "TokenHash" text NOT NULL,
    "UserName" text NOT NULL,
    "CsrfToken" text NOT NULL,
    "CreatedUs" bigint NOT NULL,
    "ExpiresUs" bigint NOT NULL,
    CONSTRAINT "PK_Sessions" PRIMARY KEY ("TokenHash")
);

CREATE TABLE "SrsOutbox" (
    "DeviceId" text NOT NULL,
    "Revision" bigint NOT NULL,
    "Json" text NOT NULL,
    "UpdatedUs" bigint NOT NULL,
    "TakenRevision" bigint NOT NULL,
    "Version" bigint NOT NULL,
    CONSTRAINT "PK_SrsOutbox" PRIMARY KEY ("DeviceId")
);

CREATE TABLE "Users" (
    "UserName" text NOT NULL,
    "PasswordHash" text NOT NULL,
    "Roles" text NOT NULL,
    "AgentId" text,
    "FailedSignIns" integer NOT NULL,
    "LockedUntilUs" bigint,
    "Version" bigint NOT NULL,
    CONSTRAINT "PK_Users" PRIMARY KEY ("UserName")
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

