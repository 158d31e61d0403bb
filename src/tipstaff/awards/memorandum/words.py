"""The memorandum's own words, in English and Spanish. A paper keeps its language, whoever prints it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

LANGUAGES: Final = ("en", "es")

_LABELS: Final[dict[str, tuple[str, str]]] = {
    "memorandum": ("Decision memorandum", "Memorando de decisión"),
    "public": ("Public version", "Versión pública"),
    "reference": ("Reference", "Referencia"),
    "issued": ("Issued on", "Fecha"),
    "version": ("Version", "Versión"),
    "purpose": ("Purpose", "Objeto"),
    "summary": ("Summary for the public", "Resumen para el público"),
    "left_out": ("What this version leaves out", "Lo que esta versión omite"),
    "left_out_says": (
        "It was made from the record whose hash stands in the footer. To protect sources and officers it leaves out:",
        "Procede del registro cuya huella figura al pie. Para proteger a fuentes y funcionarios omite:",
    ),
    "authority": ("Authority", "Fundamento legal"),
    "offer": ("Offer", "Oferta"),
    "offer_published": ("Published on", "Publicada el"),
    "condition": ("Condition", "Condición"),
    "cap": ("At most", "Como máximo"),
    "outcome": ("Outcome", "Resultado"),
    "kind": ("Kind", "Clase"),
    "day": ("Day", "Fecha"),
    "year": ("Year", "Año"),
    "country": ("Country", "País"),
    "subject": ("Subject", "Persona u organización"),
    "charge": ("Charge", "Acusación"),
    "court": ("Court reference", "Referencia judicial"),
    "paragraph": ("Paragraph", "Párrafo"),
    "scope": ("Scope", "Ámbito"),
    "international": ("International", "Internacional"),
    "domestic": ("Domestic", "Nacional"),
    "amount": ("Amount", "Monto"),
    "contributions": ("Contribution of each source", "Contribución de cada fuente"),
    "contributions_says": (
        "A source is a number. Nobody who had a part in this decision was told who it is.",
        "Cada fuente es un número. Nadie que participó en esta decisión supo quién es.",
    ),
    "source": ("Source", "Fuente"),
    "told": ("What was told", "Qué comunicó"),
    "used": ("How it was used", "Cómo se utilizó"),
    "known": ("Known before", "Qué se sabía antes"),
    "corroborated": ("Corroboration", "Corroboración"),
    "evidence": ("Evidence", "Prueba"),
    "attested": ("Attested by", "Acreditada por"),
    "factors": ("Factors", "Factores"),
    "factor": ("Factor", "Factor"),
    "weight": ("Weight", "Peso"),
    "score": ("Score", "Puntos"),
    "mean": ("Mean (0–4)", "Media (0–4)"),
    "member": ("Member", "Miembro"),
    "sentence": ("Why", "Motivo"),
    "findings": ("Eligibility", "Elegibilidad"),
    "rule": ("Rule", "Norma"),
    "citation": ("Citation", "Cita"),
    "result": ("Finding", "Conclusión"),
    "met": ("Met", "Se cumple"),
    "not-met": ("Not met", "No se cumple"),
    "not-applicable": ("Does not apply", "No procede"),
    "options": ("Options considered", "Opciones consideradas"),
    "option": ("Option", "Opción"),
    "no_payment": ("No payment", "Sin pago"),
    "recommendation": ("Recommendation", "Recomendación"),
    "share": ("Share", "Parte"),
    "total": ("Total", "Total"),
    "vote": ("Vote", "Votación"),
    "voted_on": ("Held on", "Celebrada el"),
    "quorum": ("Quorum", "Quórum"),
    "in-favour": ("In favour", "A favor"),
    "against": ("Against", "En contra"),
    "abstained": ("Abstained", "Abstención"),
    "ballot": ("Vote", "Voto"),
    "dissent": ("Dissent", "Voto particular"),
    "recusals": ("Recusals", "Apartados por conflicto de intereses"),
    "no_recusals": ("No member stood aside.", "Ningún miembro quedó apartado por conflicto de intereses."),
    "concurrence": ("Concurrence of the Attorney General", "Conformidad del Fiscal General"),
    "not_needed": (
        "Not needed: there is no federal criminal jurisdiction.",
        "No es necesaria: no hay jurisdicción penal federal.",
    ),
    "not_given": ("Needed, and not given yet.", "Es necesaria y aún no se ha dado."),
    "given": ("Given on", "Dada el"),
    "by": ("By", "Por"),
    "protection": ("Protection and payment", "Protección y pago"),
    "payment": ("Form of payment", "Forma de pago"),
    "protect": ("Protection", "Protección"),
    "decision": ("Decision", "Decisión"),
    "decided_on": ("Decided on", "Decidida el"),
    "pending": ("The decision is still to be taken.", "La decisión está pendiente."),
    "approved": ("Approved", "Aprobada"),
    "changed": ("Approved with another amount", "Aprobada con otro monto"),
    "denied": ("Denied", "Denegada"),
    "reasons": ("Reasons", "Motivos"),
    "name": ("Name", "Nombre"),
    "signature": ("Signature", "Firma"),
    "date": ("Date", "Fecha"),
    "distribution": ("Distribution", "Distribución"),
    "record": ("SHA-256 of the record", "SHA-256 del registro"),
    "page_of": ("Page {n} of {m}", "Página {n} de {m}"),
    "none": ("None.", "Ninguna."),
}  # fmt: skip

_WITHHELD: Final[dict[str, tuple[str, str]]] = {
    "case": ("whom and which proceedings the outcome concerns", "a quién y a qué proceso se refiere el resultado"),
    "contributions": ("what each source contributed, and how many there were", "qué aportó cada fuente y cuántas hubo"),
    "scores": ("the scores and sentences of single members", "los puntos y motivos de cada miembro"),
    "findings": ("the facts behind each finding on eligibility", "los hechos en que se basa cada conclusión"),
    "options": (
        "the options considered, and the advice on the amount", "las opciones consideradas y el monto orientativo",
    ),
    "shares": ("the shares of single sources", "la parte de cada fuente"),
    "votes": ("who voted how, the reasons, and any dissent", "quién votó qué, los motivos y los votos particulares"),
    "recusals": ("who stood aside, and why", "quién quedó apartado por conflicto de intereses y por qué"),
    "names": ("names and signatures of officers", "los nombres y las firmas de los funcionarios"),
    "reasons": ("the purpose and the reasons in full", "el objeto y los motivos completos"),
    "protection": ("measures of protection and the form of payment", "las medidas de protección y la forma de pago"),
    "distribution": ("who received the whole memorandum", "quién recibió el memorando completo"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language: labels by name, and the names of what a public version leaves out."""

    labels: Mapping[str, str]
    withheld: Mapping[str, str]


def words(language: str) -> Words:
    """The words in `language`. Raises ValueError for a language that the memorandum does not speak."""
    at = LANGUAGES.index(language)
    return Words(
        {name: said[at] for name, said in _LABELS.items()},
        {name: said[at] for name, said in _WITHHELD.items()},
    )
