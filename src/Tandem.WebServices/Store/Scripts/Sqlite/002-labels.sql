CREATE TABLE "LabelDefinitions" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_LabelDefinitions" PRIMARY KEY,
    "DisplayName" TEXT NOT NULL,
    "Description" TEXT NOT NULL
);
