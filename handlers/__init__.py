"""The middle floor: where people and the clock talk to the bot. Its features are listed here."""

from handlers.glossary.feature import FEATURE as GLOSSARY
from handlers.workspace.listeners import FEATURE as WORKSPACE

FEATURES = (GLOSSARY, WORKSPACE)
