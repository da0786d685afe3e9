//! Claims written by hand count what the dictionary says their names count, as claims that were read do.

use std::sync::LazyLock;

use juesuan::inner::extract::narrative::Rules;
use juesuan::inner::project::Project;
use juesuan::inner::reconcile::facts::disclosure::DisclosureFacts;
use juesuan::inner::reconcile::facts::operands::ClaimFact;

static RULES: LazyLock<Rules> = LazyLock::new(|| Rules::load(&Project::built_in()).unwrap());

pub fn named(facts: &DisclosureFacts) -> DisclosureFacts {
    let mut facts = facts.clone();
    facts.claims.iter_mut().for_each(name);
    facts
}

fn name(claim: &mut ClaimFact) {
    let meanings = &RULES.meanings;
    let counted = meanings.of(&claim.item).cloned().unwrap_or_default();
    let known = [claim.function_code.as_str(), &claim.economic_code, &counted.code, &claim.line_code, &claim.item];
    let code = known.into_iter().find(|code| !code.is_empty()).unwrap_or_default();
    claim.item_code = code.into();
    if let Some(basis) = meanings.of(&claim.basis) {
        (claim.basis_code, claim.basis_fund) = (basis.code.as_str().into(), basis.fund.as_str().into());
    }
    let group = meanings.group_of(&claim.section, &claim.section_path);
    if claim.fund.is_empty() {
        let of_group = group.map_or("", |group| &group.fund);
        claim.fund = if counted.fund.is_empty() { of_group } else { &counted.fund }.into();
    }
    claim.section_group = group.map_or("", |group| &group.code).into();
}
