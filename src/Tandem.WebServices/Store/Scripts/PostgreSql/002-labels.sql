CREATE TABLE "LabelDefinitions" (
    "Name" text NOT NULL,
    "DisplayName" text NOT NULL,
    "Description" text NOT NULL,
    CONSTRAINT "PK_LabelDefinitions" PRIMARY KEY ("Name")
);
