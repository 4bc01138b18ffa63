"""What stands in a button: a version, an action, the record it is about. At most 64 bytes."""

from dataclasses import dataclass

VERSION = "1"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that was tapped: `topic` names the conversation, `action` the choice, `subject` the record."""

    topic: str
    action: str
    subject: int = 0
    value: str = ""

    def pack(self) -> str:
        parts = [f"{self.topic}{VERSION}", self.action, str(self.subject)]
        if self.value:
            parts.append(self.value)
        data = "|".join(parts)
        if not 1 <= len(data.encode()) <= 64:
            raise ValueError("button data must be 1 to 64 bytes")
        return data

    @classmethod
    def read(cls, data: str) -> "Tap | None":
        """The tap, or None for a button of another version or of somebody's making."""
        parts = data.split("|", 3)
        if len(parts) < 3 or not parts[0].endswith(VERSION) or not parts[2].isdecimal() or len(parts[2]) > 18:
            return None
        return cls(
            parts[0].removesuffix(VERSION), parts[1], int(parts[2]), parts[3] if len(parts) == 4 else ""
        )
