// title = "What a thing builds on, and what builds on it"
// docs = "The lineage of a method, model or dataset, both ways, in at most five steps, each thing at its fewest steps, with the sentences."
// questions = [
//   "what is the lineage of {method}?",
//   "what is the ancestry of {method}?",
//   "what is the family tree of {method}?",
//   "lineage of {method}",
//   "history of {method}",
//   "{method}'s lineage",
//   "predecessors and successors of {method}",
//   "what are the predecessors and successors of {method}?",
//   {words = "what builds on {method}?", reason = "successor"},
//   {words = "which methods build on {method}?", reason = "successor"},
//   {words = "what is built on {method}?", reason = "successor"},
//   {words = "which methods are built on {method}?", reason = "successor"},
//   {words = "what is based on {method}?", reason = "successor"},
//   {words = "which methods are based on {method}?", reason = "successor"},
//   {words = "which methods extend {method}?", reason = "successor"},
//   {words = "what extends {method}?", reason = "successor"},
//   {words = "which methods are derived from {method}?", reason = "successor"},
//   {words = "what is derived from {method}?", reason = "successor"},
//   {words = "which methods were fine-tuned from {method}?", reason = "successor"},
//   {words = "what are the successors of {method}?", reason = "successor"},
//   {words = "what are the extensions of {method}?", reason = "successor"},
//   {words = "what are the variants of {method}?", reason = "successor"},
//   {words = "which methods are successors of {method}?", reason = "successor"},
//   {words = "which methods are extensions of {method}?", reason = "successor"},
//   {words = "which methods are variants of {method}?", reason = "successor"},
//   {words = "which variants of {method} are there?", reason = "successor"},
//   {words = "which variants does {method} have?", reason = "successor"},
//   {words = "which successors does {method} have?", reason = "successor"},
//   {words = "what came after {method}?", reason = "successor"},
//   {words = "methods building on {method}", reason = "successor"},
//   {words = "methods based on {method}", reason = "successor"},
//   {words = "successors of {method}", reason = "successor"},
//   {words = "variants of {method}", reason = "successor"},
//   {words = "{method}'s successors", reason = "successor"},
//   {words = "{method} variants", reason = "successor"},
//   {words = "what does {method} build on?", reason = "predecessor"},
//   {words = "on what does {method} build?", reason = "predecessor"},
//   {words = "which methods does {method} build on?", reason = "predecessor"},
//   {words = "what is {method} built on?", reason = "predecessor"},
//   {words = "what is {method} based on?", reason = "predecessor"},
//   {words = "on what is {method} based?", reason = "predecessor"},
//   {words = "on which methods is {method} based?", reason = "predecessor"},
//   {words = "on which methods does {method} build?", reason = "predecessor"},
//   {words = "which methods is {method} based on?", reason = "predecessor"},
//   {words = "what does {method} extend?", reason = "predecessor"},
//   {words = "which methods does {method} extend?", reason = "predecessor"},
//   {words = "what is {method} derived from?", reason = "predecessor"},
//   {words = "what was {method} fine-tuned from?", reason = "predecessor"},
//   {words = "what are the predecessors of {method}?", reason = "predecessor"},
//   {words = "what are the parts of {method}?", reason = "predecessor"},
//   {words = "what does {method} combine?", reason = "predecessor"},
//   {words = "which methods does {method} combine?", reason = "predecessor"},
//   {words = "what does {method} consist of?", reason = "predecessor"},
//   {words = "which methods are predecessors of {method}?", reason = "predecessor"},
//   {words = "which predecessors does {method} have?", reason = "predecessor"},
//   {words = "what came before {method}?", reason = "predecessor"},
//   {words = "what is the base model of {method}?", reason = "predecessor"},
//   {words = "predecessors of {method}", reason = "predecessor"},
//   {words = "parts of {method}", reason = "predecessor"},
//   {words = "{method}'s predecessors", reason = "predecessor"},
//   "how did {method} evolve?",
//   {words = "{method}-based methods", reason = "successor"},
//   {words = "which methods use {method} as base?", reason = "successor"},
//   {words = "what has {method} as base?", reason = "successor"},
//   {words = "fine-tuned {method} methods", reason = "successor"},
//   {words = "which {method} variants are there?", reason = "successor"},
//   {words = "what evolved from {method}?", reason = "successor"},
//   {words = "what goes back to {method}?", reason = "successor"},
//   {words = "what was inspired by {method}?", reason = "successor"},
//   {words = "what inspired {method}?", reason = "predecessor"},
//   {words = "what was {method} inspired by?", reason = "predecessor"},
//   {words = "what does {method} go back to?", reason = "predecessor"},
//   {words = "what does {method} inherit from?", reason = "predecessor"},
//   {words = "which methods underlie {method}?", reason = "predecessor"},
//   {words = "what is {method} made of?", reason = "predecessor"},
// ]
// columns = ["answer_id", "answer_name", "answer_kind", "reason", "via_id", "via_name", "paper_id", "paper_title", "paper_year", "paper_by", "statement", "sentence", "confidence"]
// order = ["reason", "answer_id", "via_id", "statement"]
// shape = "lineage"
// details = ["steps"]
// unnamed = "unnamed method of {title}"
//
// [parameters.method]
// families = ["method", "dataset"]
// help = "the method, model or dataset whose lineage is asked for"
//
// [reasons]
// predecessor = "{about} builds on it"
// successor = "builds on {about}"

// A row is a statement between two things within reach, `via` being the nearer one, or empty for the thing itself. What is
// in reach is found without regard to the filters: the fold walks the rows that pass them, and so finds the fewest steps.
CALL () {
  MATCH (x:Entity {id: $id})-[:BUILDS_ON*0..4]->(via)
  WITH DISTINCT via
  MATCH (via)-[r:BUILDS_ON]->(answer)
  WHERE answer.id <> $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  WITH via, answer, r, r.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  RETURN via, answer, r, p, 'predecessor' AS reason
UNION ALL
  MATCH (x:Entity {id: $id})<-[:BUILDS_ON*0..4]-(via)
  WITH DISTINCT via
  MATCH (via)<-[r:BUILDS_ON]-(answer)
  WHERE answer.id <> $id AND coalesce(r.rejected, false) = false AND r.confidence >= $min_confidence
  WITH via, answer, r, r.paper AS source
  MATCH (p:Paper {id: source})
  WHERE $year IS NULL OR p.year = $year
  RETURN via, answer, r, p, 'successor' AS reason
}
RETURN answer.id AS answer_id,
  CASE WHEN answer:Paper THEN answer.title ELSE answer.name END AS answer_name,
  head([label IN labels(answer) WHERE label <> 'Entity']) AS answer_kind,
  reason,
  CASE WHEN via.id = $id THEN '' ELSE via.id END AS via_id,
  CASE WHEN via.id = $id THEN '' WHEN via:Paper THEN via.title ELSE via.name END AS via_name,
  p.id AS paper_id, p.title AS paper_title, p.year AS paper_year, p.summary_by AS paper_by,
  r.statement AS statement, r.evidence AS sentence, r.confidence AS confidence
ORDER BY reason, answer_id, via_id, statement
