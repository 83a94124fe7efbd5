-- Run once, by compose.postgres.yaml's database at its first start. The bot's role owns its database and may do nothing
-- beyond: row-level security holds for no superuser. Who made the server signs in from within its container alone.
\getenv password POSTGRES_PASSWORD
CREATE ROLE common_ground LOGIN PASSWORD :'password';
CREATE DATABASE common_ground OWNER common_ground TEMPLATE template0 ENCODING 'UTF8';
ALTER ROLE postgres PASSWORD NULL;
