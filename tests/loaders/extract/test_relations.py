"""What small sentences state: each case is a title, an abstract and relations that must be found in it."""

import pytest

from kg.model import PAPER, Document, EdgeKind
from loaders.extract import extract

Triple = tuple[str, str, str]
CASES: list[tuple[str, str, list[Triple]]] = [
    (
        "ZorbNet: Counting Leaves",
        "We propose ZorbNet, a network that counts leaves. ZorbNet outperforms ResNet-50 on ImageNet.",
        [("ZorbNet", "improves-on", "ResNet-50"), ("ZorbNet", "evaluated-on", "ImageNet")],
    ),
    (
        "TwinRank: Two Ranks for Tuning",
        "We introduce TwinRank, a tuning method. TwinRank surpasses LoRA, QLoRA and DoRA on GLUE.",
        [
            ("TwinRank", "improves-on", "LoRA"),
            ("TwinRank", "improves-on", "QLoRA"),
            ("TwinRank", "improves-on", "DoRA"),
            ("TwinRank", "evaluated-on", "GLUE"),
        ],
    ),
    (
        "Tuning with Fewer Weights",
        "We study tuning with fewer weights. Our method outperforms LoRA on SQuAD.",
        [("paper", "improves-on", "LoRA"), ("paper", "evaluated-on", "SQuAD")],
    ),
    (
        "QuietQuant: Four Bits Are Enough",
        "LoRA suffers from high memory use. To address this, we propose QuietQuant, which stores weights in four bits.",
        [("QuietQuant", "improves-on", "LoRA")],
    ),
    (
        "KestrelOpt: A Lean Optimizer",
        "We present KestrelOpt, an optimizer. Unlike Adam, KestrelOpt keeps one state per row.",
        [("KestrelOpt", "improves-on", "Adam")],
    ),
    (
        "KestrelOpt: A Lean Optimizer",
        "We present KestrelOpt, an optimizer. KestrelOpt is 2x faster than AdamW and needs less memory.",
        [("KestrelOpt", "improves-on", "AdamW")],
    ),
    (
        "MossBERT: Small Encoders",
        "We present MossBERT, a small encoder. MossBERT achieves accuracy comparable to BERT on GLUE with half the weights.",
        [("MossBERT", "compared-with", "BERT"), ("MossBERT", "evaluated-on", "GLUE")],
    ),
    (
        "MossBERT: Small Encoders",
        "We present MossBERT, a small encoder. MossBERT performs on par with RoBERTa.",
        [("MossBERT", "compared-with", "RoBERTa")],
    ),
    (
        "FernTune: Tuning on a Budget",
        "We propose FernTune, built on LoRA. We fine-tune LLaMA-7B with it.",
        [("FernTune", "builds-on", "LLaMA-7B")],
    ),
    (
        "FernTune: Tuning on a Budget",
        "We propose FernTune, which extends QLoRA with a second adapter.",
        [("FernTune", "builds-on", "QLoRA")],
    ),
    (
        "BarkNet: A Vision Model",
        "We propose BarkNet, a vision model. We evaluate BarkNet on COCO, ADE20K and Cityscapes.",
        [
            ("BarkNet", "evaluated-on", "COCO"),
            ("BarkNet", "evaluated-on", "ADE20K"),
            ("BarkNet", "evaluated-on", "Cityscapes"),
        ],
    ),
    (
        "BarkLM: A Language Model",
        "We present BarkLM, a language model. Experiments on benchmarks such as MMLU, GSM8K and HumanEval show strong results.",
        [
            ("BarkLM", "evaluated-on", "MMLU"),
            ("BarkLM", "evaluated-on", "GSM8K"),
            ("BarkLM", "evaluated-on", "HumanEval"),
        ],
    ),
    (
        "BarkLM: A Language Model",
        "We present BarkLM, a language model pre-trained on C4 and The Pile.",
        [("BarkLM", "trained-on", "C4"), ("BarkLM", "trained-on", "The Pile")],
    ),
    (
        "BarkNet: A Vision Model",
        "We introduce BarkNet, a vision model. BarkNet is trained on ImageNet-21K and fine-tuned on COCO.",
        [("BarkNet", "trained-on", "ImageNet-21K")],
    ),
    (
        "BarkLM: A Language Model",
        "We present BarkLM. It was trained on 64 NVIDIA A100 GPUs for two weeks.",
        [("BarkLM", "runs-on", "NVIDIA A100 GPUs")],
    ),
    (
        "RootServe: Serving Models",
        "We present RootServe, a serving system. RootServe runs a 13B model on a single RTX 4090.",
        [("RootServe", "runs-on", "RTX 4090")],
    ),
    (
        "LeafParse: Parsing Trees",
        "We propose LeafParse, a method for semantic segmentation of trees.",
        [("LeafParse", "addresses", "semantic segmentation")],
    ),
    (
        "LeafTalk: Better Translation",
        "We propose LeafTalk, a model for machine translation and speech recognition.",
        [("LeafTalk", "addresses", "machine translation"), ("LeafTalk", "addresses", "speech recognition")],
    ),
    (
        "TwinRank: Two Ranks for Tuning",
        "We introduce TwinRank. TwinRank improves over GaLore by 1.2 points on MMLU.",
        [("TwinRank", "improves-on", "GaLore"), ("TwinRank", "evaluated-on", "MMLU")],
    ),
    (
        "TwinRank: Two Ranks for Tuning",
        "We introduce TwinRank. It reduces memory by 40% compared to LoRA and by 20% compared to GaLore.",
        [("TwinRank", "improves-on", "LoRA"), ("TwinRank", "improves-on", "GaLore")],
    ),
    (
        "SapDiff: Fast Images",
        "We propose SapDiff, which accelerates Stable Diffusion for text-to-image generation.",
        [("SapDiff", "addresses", "text-to-image generation")],
    ),
    (
        "SapRL: Rewards for Reasoning",
        "We introduce SapRL, a training recipe based on GRPO that improves mathematical reasoning.",
        [("SapRL", "builds-on", "GRPO"), ("SapRL", "addresses", "mathematical reasoning")],
    ),
    (
        "SapRL: Rewards for Reasoning",
        "We introduce SapRL. SapRL outperforms state-of-the-art methods, including PPO and DPO.",
        [("SapRL", "improves-on", "PPO"), ("SapRL", "improves-on", "DPO")],
    ),
    (
        "TwigBench: A Benchmark",
        "We introduce TwigBench, a benchmark for visual question answering. We evaluate GPT-4V and LLaVA on TwigBench.",
        [("TwigBench", "addresses", "visual question answering")],
    ),
    (
        "PitchQuant: Rounding",
        "We present PitchQuant. Compared with GPTQ and AWQ, PitchQuant lowers perplexity on WikiText-2.",
        [
            ("PitchQuant", "improves-on", "GPTQ"),
            ("PitchQuant", "improves-on", "AWQ"),
            ("PitchQuant", "evaluated-on", "WikiText-2"),
        ],
    ),
    (
        "Small Students",
        "We distil GPT-4 into a small student. Our student matches GPT-3.5 on HumanEval.",
        [("paper", "compared-with", "GPT-3.5"), ("paper", "evaluated-on", "HumanEval")],
    ),
    (
        "VineFlow: Video",
        "We propose VineFlow, a framework that leverages CLIP for video retrieval.",
        [("VineFlow", "builds-on", "CLIP"), ("VineFlow", "addresses", "video retrieval")],
    ),
    (
        "PetalSeg: Masks",
        "We propose PetalSeg, combining SAM with DINOv2. PetalSeg exceeds Mask R-CNN on COCO.",
        [
            ("PetalSeg", "builds-on", "SAM"),
            ("PetalSeg", "builds-on", "DINOv2"),
            ("PetalSeg", "improves-on", "Mask R-CNN"),
            ("PetalSeg", "evaluated-on", "COCO"),
        ],
    ),
    (
        "HeartwoodKV: Cache",
        "We present HeartwoodKV, which yields 3.1x higher throughput than vLLM on an NVIDIA H100 GPU.",
        [("HeartwoodKV", "improves-on", "vLLM"), ("HeartwoodKV", "runs-on", "NVIDIA H100 GPU")],
    ),
    (
        "On Choosing Actions",
        "We study ε-greedy, which is compared with C++ and BERT+MLP.",
        [("paper", "compared-with", "BERT+MLP")],
    ),
    (
        "Training on Phones",
        "We train small models for keyword spotting. Our system runs on a Raspberry Pi.",
        [("paper", "runs-on", "Raspberry Pi"), ("paper", "addresses", "keyword spotting")],
    ),
]


def stated(title: str, abstract: str) -> dict[Triple, str]:
    """The relations of a paper by names, each with its evidence."""
    document = Document.make(format="jsonl", key=title, source="s", title=title, abstract=abstract)
    extraction = extract(document)
    names = {group.id: group.name for group in extraction.groups} | {PAPER: PAPER}
    return {(names[r.head], r.kind.value, names[r.tail]): document.text[r.start : r.end] for r in extraction.relations}


@pytest.mark.parametrize(("title", "abstract", "expected"), CASES)
def test_sentences_state_relations(title: str, abstract: str, expected: list[Triple]) -> None:
    """Every expected relation is found, and its evidence names its tail."""
    found = stated(title, abstract)

    assert set(expected) <= set(found)
    assert all(triple[2] in found[triple] for triple in expected)


def test_what_is_compared_is_not_said_to_be_better() -> None:
    """ "Is compared with" states a comparison and no win."""
    found = stated("On Choosing Actions", "We study ε-greedy, which is compared with C++ and BERT+MLP.")

    assert {kind for _, kind, _ in found} == {"compared-with"}


def test_devices_carry_count_and_memory() -> None:
    """A runs-on relation says how many devices there were and how much memory each had."""
    abstract = "We present BarkLM. It was trained on 8 NVIDIA A100 80GB GPUs."
    document = Document.make(format="jsonl", key="k", source="s", title="BarkLM", abstract=abstract)

    found = [r for r in extract(document).relations if r.kind is EdgeKind.RUNS_ON]

    assert [(r.count, r.memory) for r in found] == [(8, 80.0)]
