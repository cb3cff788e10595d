"""What all tables have in common: identity keys, aware times, and the business a row belongs to."""

import enum
from datetime import datetime
from typing import Any, ClassVar

from sqlalchemy import (
    BigInteger,
    DateTime,
    Enum,
    ForeignKey,
    Identity,
    Index,
    MetaData,
    Text,
    TypeDecorator,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

type Json = dict[str, Any]


def values_of(kind: type[enum.StrEnum]) -> list[str]:
    return [member.value for member in kind]


class CodeText[Code: enum.StrEnum](TypeDecorator[Code]):
    """A column of text that keeps a code; one that a later release has written down is read as `unknown`."""

    impl = Text
    cache_ok = True

    def __init__(self, unknown: Code) -> None:
        super().__init__()
        self.unknown = unknown

    def process_bind_param(self, value: Code | None, dialect: Any) -> str | None:
        return None if value is None else type(self.unknown)(value).value

    def process_result_value(self, value: str | None, dialect: Any) -> Code | None:
        codes = type(self.unknown)
        if value is None:
            return None
        return codes(value) if value in codes else self.unknown


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        datetime: DateTime(timezone=True),
        int: BigInteger,
        str: Text,
        list[str]: ARRAY(Text),
        enum.StrEnum: Enum(enum.StrEnum, native_enum=False, length=40, values_callable=values_of),
        dict[str, Any]: JSONB,
        list[dict[str, Any]]: JSONB,
    }

    id: Mapped[int] = mapped_column(Identity(), primary_key=True, sort_order=-2)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=100)


class BusinessOwned:
    """A row of one business: the session's guard adds the condition to every ORM statement, the database once more."""

    business_id: Mapped[int] = mapped_column(ForeignKey("businesses.id", ondelete="CASCADE"), sort_order=-1)


def grams_index(name: str, column: str = "search") -> Index:
    """Finds rows by any part of this column, business by business."""
    return Index(
        name,
        text(f"proli_grams(business_id, {column})"),
        postgresql_using="gin",
        postgresql_with={"gin_pending_list_limit": 256},
    )
