"""Names of people, places and firms that sound like names: made of syllables, none looked up."""

from __future__ import annotations

from itertools import product

from data_scripts.twins.word_lists import listed

_HEADS = listed(
    """al ash bar ben berg black bolt brad bran cald carl cart chand clay col cran cross dal dan
    del dor drake dun east ed ell fair farn fen flet fol gar gil glad gran green had hal ham
    harl hasp haw hen hol hux ing jar jes kel ken kings lam lang lar lin lock mal man mar mel
    mer mord nel nor oak or pem pen per rad ram red ros rut sal sand sel shel sher star stan
    sut tal tem thorn tor tren val van wald war welt west whist wilt win wol wood yar"""
)
_TAILS = listed(
    """aby aker all and ard bank beck bell berg bourne bridge brook bury by castle cliff combe
    cott croft dale dell den don er ers ett ey fell field ford gate ger ham hasp holm house
    hurst ick ing ingham ington kin land lane ler ley low man mann mark mere mond mont more
    ner ney nor op over ridge ris rose row sen shaw smith son stead stein stock stone ter
    thorpe ton tree vale ville ward water way well wick win wood worth"""
)
_PLACES = listed(
    """alder amber ard arling bal bar bel bor brink cal cam cath cor dar del dun eber el fal fern
    gar glen har hol ister kar kil lan lor mar mel mon nar new north ol or par pel port quin
    ran riv ros sal san sel sil sol south tam tar tir ul val ver vin wes yor zel"""
)
_ENDS = listed(
    """a ador al ana anda ade ania aro as ata eau ela en ena era est ia ica ida ido in ina ino io
    is ista ita iva ola olm on ona or os ova um una una ura ys"""
)

FIRST = listed(
    """john mary james anna robert helen michael susan david laura peter julia tom kate george
    emma paul rose jack grace frank alice henry clara sam nina charles ruth walter irene
    martin vera simon dora daniel ella oscar lena victor jane arthur molly leo edith max norma
    ralph lucy hugo sarah ivan nora felix olga carl amy bruno iris otto eva theo maya albert
    linda ernest paula alex stella roy wanda dennis tanya philip betty louis gina harold celia
    nick marta ray diana edgar sylvia conrad judy gerald hanna lloyd tessa marcus ingrid milo
    flora duncan elsa clive rita gordon joan barry myra neil agnes kurt vivian brian delia rex
    mabel gus faye abel petra boris corinne cyril dinah dexter estelle elmer gwen floyd hazel
    gilbert ida hector jill horace kitty ira leona jasper lottie julian mavis keith nell lance
    opal luther pearl miles phoebe nathan queenie noel rhoda orson sadie percy thelma quentin
    una rufus velma silas willa stuart xenia travis yvonne ulric zelda vernon annika wade
    brigid wesley camille xavier daphne yuri elaine zane frieda"""
)


def surnames(skip: int = 0) -> list[str]:
    """Give some 7,000 family names, in an order that mixes them; `skip` starts it elsewhere."""
    return _mixed(_HEADS, _TAILS, skip)


def places(skip: int = 0) -> list[str]:
    """Give some 2,500 names of towns and countries, in the same manner."""
    return _mixed(_PLACES, _ENDS, skip)


def _mixed(heads: list[str], tails: list[str], skip: int) -> list[str]:
    names = list(dict.fromkeys(head + tail for head, tail in product(heads, tails)))
    # A stride that shares no factor with the length visits every name once, far from its neighbour.
    stride = 1009
    while not _coprime(stride, len(names)):
        stride += 2
    return [names[(skip + place * stride) % len(names)] for place in range(len(names))]


def _coprime(a: int, b: int) -> bool:
    while b:
        a, b = b, a % b
    return a == 1
